package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A peer is another engine that is measured beside sett: a process of its own, with its data in a directory of its own.
type peer interface {
	// load puts an N-Triples file into a new store in a directory, and leaves it ready for queries.
	load(ctx context.Context, file, dir string) error
	// ask runs a query to its end and says how many rows it has (an ASK one) and how long that took.
	ask(ctx context.Context, text string) (rows int, took time.Duration, err error)
	close()
}

// peerKinds are the peers that the flag --peer knows, each with what it needs and the command that gets it.
var peerKinds = []struct {
	name, needs, install string
	open                 func(arg string) peer
}{
	{"oxigraph", "a Python with pyoxigraph", "python3 -m venv ox && ox/bin/pip install pyoxigraph", func(arg string) peer { return &oxigraph{python: arg} }},
	{"jena", "the jar of Fuseki", "curl -O https://repo1.maven.org/maven2/org/apache/jena/jena-fuseki-server/5.6.0/jena-fuseki-server-5.6.0.jar",
		func(arg string) peer { return &jena{jar: arg} }},
	{"virtuoso", "the path of virtuoso-t, with isql-vt beside it", "apt-get install virtuoso-opensource-7", func(arg string) peer { return &virtuoso{server: arg} }},
	{"endpoint", "the address of any SPARQL endpoint that has the graph", "", func(arg string) peer { return &endpoint{url: arg} }},
}

// peerHelp says what --peer takes.
func peerHelp() string {
	var b strings.Builder
	b.WriteString("measure another engine too, NAME=ARGUMENT:")
	for _, k := range peerKinds {
		fmt.Fprintf(&b, "\n%s=%s", k.name, k.needs)
		if k.install != "" {
			fmt.Fprintf(&b, " (%s)", k.install)
		}
	}
	return b.String()
}

// namedPeer is a peer and what the tables call it.
type namedPeer struct {
	peer
	name string
}

// openPeers understands the values of --peer.
func openPeers(flags []string) ([]namedPeer, error) {
	var all []namedPeer
flags:
	for _, f := range flags {
		name, arg, ok := strings.Cut(f, "=")
		for _, k := range peerKinds {
			if ok && k.name == name {
				all = append(all, namedPeer{k.open(arg), name})
				continue flags
			}
		}
		return nil, fmt.Errorf("--peer %s: expected %s", f, peerHelp())
	}
	return all, nil
}

//go:embed oxigraph.py
var oxigraphScript string

// oxigraph is pyoxigraph in a Python process that reads requests line by line.
type oxigraph struct {
	python string
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
}

func (o *oxigraph) load(ctx context.Context, file, dir string) error {
	o.cmd = exec.CommandContext(ctx, o.python, "-c", oxigraphScript, dir)
	o.cmd.Stderr = os.Stderr
	var err error
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	o.out = bufio.NewReader(out)
	if err := o.cmd.Start(); err != nil {
		return err
	}
	_, _, err = o.request(map[string]string{"load": file})
	return err
}

func (o *oxigraph) ask(_ context.Context, text string) (int, time.Duration, error) {
	return o.request(map[string]string{"query": text})
}

func (o *oxigraph) request(r map[string]string) (int, time.Duration, error) {
	if err := json.NewEncoder(o.in).Encode(r); err != nil {
		return 0, 0, err
	}
	line, err := o.out.ReadBytes('\n')
	if err != nil {
		return 0, 0, fmt.Errorf("oxigraph has ended: %w", err)
	}
	var a struct {
		Rows    int
		Seconds float64
		Error   string
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return 0, 0, err
	}
	if a.Error != "" {
		return 0, 0, fmt.Errorf("oxigraph: %s", a.Error)
	}
	return a.Rows, time.Duration(a.Seconds * float64(time.Second)), nil
}

func (o *oxigraph) close() {
	if o.in != nil {
		_ = o.in.Close()
		_ = o.cmd.Wait()
	}
}

// endpoint is any SPARQL endpoint.
type endpoint struct{ url string }

func (e *endpoint) load(context.Context, string, string) error { return nil }
func (e *endpoint) close()                                     {}

// ask counts the lines of the answer as tab-separated values.
func (e *endpoint) ask(ctx context.Context, text string) (int, time.Duration, error) {
	begin := time.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, strings.NewReader(url.Values{"query": {text}}.Encode()))
	if err != nil {
		return 0, 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "text/tab-separated-values")
	isAsk := strings.Contains(text, "\nASK")
	if isAsk {
		r.Header.Set("Accept", "application/sparql-results+json")
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, 0, err
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(a.Body, 300))
		return 0, 0, fmt.Errorf("%s: %s", a.Status, why)
	}
	lines := 0
	buf := make([]byte, 64<<10)
	for {
		n, err := a.Body.Read(buf)
		for _, c := range buf[:n] {
			if c == '\n' {
				lines++
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, 0, err
		}
	}
	if isAsk {
		return 1, time.Since(begin), nil
	}
	return lines - 1, time.Since(begin), nil
}

// wait asks until there is an answer.
func (e *endpoint) wait(ctx context.Context) error {
	for range 600 {
		_, _, err := e.ask(ctx, "SELECT * { <urn:nothing> <urn:nothing> <urn:nothing> }")
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer", e.url)
}

// jena is TDB2 behind Fuseki.
type jena struct {
	jar string
	endpoint
	server *exec.Cmd
}

func (j *jena) load(ctx context.Context, file, dir string) error {
	loader := exec.CommandContext(ctx, "java", "-cp", j.jar, "tdb2.tdbloader", "--loader=parallel", "--loc", dir, file)
	if out, err := loader.CombinedOutput(); err != nil {
		return fmt.Errorf("tdb2.tdbloader: %w: %.500s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	j.url = fmt.Sprintf("http://127.0.0.1:%d/ds/sparql", port)
	j.server = exec.CommandContext(ctx, "java", "-Xmx4g", "-cp", j.jar, "org.apache.jena.fuseki.main.cmds.FusekiMainCmd", fmt.Sprintf("--port=%d", port), "--localhost", "--tdb2", "--loc="+dir, "/ds")
	if err := j.server.Start(); err != nil {
		return err
	}
	return j.wait(ctx)
}

func (j *jena) close() { stop(j.server) }

// virtuoso is Virtuoso 7 with a configuration for a machine like this one.
type virtuoso struct {
	server string // path of virtuoso-t
	endpoint
	cmd *exec.Cmd
}

const virtuosoINI = `[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = %d
DirsAllowed = %s
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = %d
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryExecutionTime = 600
`

func (v *virtuoso) load(ctx context.Context, file, dir string) error {
	sql, err := freePort()
	if err != nil {
		return err
	}
	web, err := freePort()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	ini := fmt.Sprintf(virtuosoINI, sql, filepath.Dir(full), web)
	if err := os.WriteFile(filepath.Join(dir, "virtuoso.ini"), []byte(ini), 0o644); err != nil {
		return err
	}
	v.cmd = exec.CommandContext(ctx, v.server, "+configfile", "virtuoso.ini", "+foreground")
	v.cmd.Dir = dir
	if err := v.cmd.Start(); err != nil {
		return err
	}
	v.url = fmt.Sprintf("http://127.0.0.1:%d/sparql?default-graph-uri=urn:bench", web)
	if err := v.wait(ctx); err != nil {
		return err
	}
	isql := exec.CommandContext(ctx, filepath.Join(filepath.Dir(v.server), "isql-vt"), fmt.Sprint(sql), "dba", "dba",
		fmt.Sprintf("exec=ld_dir('%s', '%s', 'urn:bench'); rdf_loader_run(); checkpoint;", filepath.Dir(full), filepath.Base(full)))
	if out, err := isql.CombinedOutput(); err != nil {
		return fmt.Errorf("isql-vt: %w: %.500s", err, out)
	}
	return nil
}

func (v *virtuoso) close() { stop(v.cmd) }

func stop(cmd *exec.Cmd) {
	if cmd != nil && cmd.Process != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// size is what a directory takes on disk.
func size(dir string) (total int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += used(info)
			}
		}
		return nil
	})
	return total
}
