package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"sett/graph/exec"
	"sett/graph/rdf"
	"sett/graph/results"
)

// ErrService is a SERVICE that is not allowed, whose endpoint is not known, or that gave no answer; the message says which.
var ErrService = exec.ErrService

// Service asks another endpoint for the solutions of a SELECT query: variables without "?", and rows of a term a variable, the
// zero Term for what is unbound. Labels of blank nodes must be none that other answers or the database have. It is called by
// several goroutines. [Endpoints] makes one that speaks the SPARQL Protocol.
type Service = exec.Service

// EndpointOptions says which endpoints may be asked, and how far they may go. The zero value allows all.
type EndpointOptions struct {
	Allow   []string      // beginnings of the addresses that may be asked; none: all
	Timeout time.Duration // for one request, until its answer is read; 0: one minute
	Bytes   int64         // of one answer; 0: 256 MiB
	Client  *http.Client  // nil: http.DefaultClient
}

// Endpoints returns a Service that sends queries by the SPARQL 1.1 Protocol (§2.1.2, as a form) and reads answers in JSON, XML or TSV.
func Endpoints(opt EndpointOptions) Service {
	if opt.Timeout == 0 {
		opt.Timeout = time.Minute
	}
	if opt.Bytes == 0 {
		opt.Bytes = 256 << 20
	}
	if opt.Client == nil {
		opt.Client = http.DefaultClient
	}
	e := &endpoints{opt: opt, label: strconv.FormatInt(time.Now().UnixNano(), 36)}
	return e.ask
}

type endpoints struct {
	opt      EndpointOptions
	label    string // part of the labels of blank nodes that answers bring
	requests atomic.Int64
}

// answerTypes are what endpoints are asked for, the most exact first.
const answerTypes = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.5"

func (e *endpoints) ask(ctx context.Context, endpoint, query string) ([]string, [][]rdf.Term, error) {
	if err := e.allowed(endpoint); err != nil {
		return nil, nil, err
	}
	limited, cancel := context.WithTimeout(ctx, e.opt.Timeout)
	defer cancel()
	vars, rows, err := e.request(limited, endpoint, query)
	if err != nil && ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("no answer within %s", e.opt.Timeout)
	}
	return vars, rows, err
}

// allowed reports whether an endpoint may be asked. A prefix that ends inside a host or a path segment allows no longer ones.
func (e *endpoints) allowed(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("expected an http or https address")
	}
	if len(e.opt.Allow) == 0 || slices.ContainsFunc(e.opt.Allow, func(allowed string) bool {
		rest, ok := strings.CutPrefix(endpoint, allowed)
		return ok && (rest == "" || strings.HasSuffix(allowed, "/") || strings.ContainsAny(rest[:1], "/?#"))
	}) {
		return nil
	}
	return fmt.Errorf("not among the endpoints that may be asked: %s", strings.Join(e.opt.Allow, ", "))
}

func (e *endpoints) request(ctx context.Context, endpoint, query string) ([]string, [][]rdf.Term, error) {
	body := strings.NewReader(url.Values{"query": {query}}.Encode())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, body)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", answerTypes)
	req.Header.Set("User-Agent", "sett")
	resp, err := e.opt.Client.Do(req)
	if err != nil {
		if wrapped := new(url.Error); errors.As(err, &wrapped) {
			err = wrapped.Err // the address is in the message already
		}
		return nil, nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("the endpoint says %s%s", resp.Status, firstLine(resp.Body))
	}
	format, ok := results.FormatByMediaType(resp.Header.Get("Content-Type"))
	if !ok || !format.CanRead() || format.Name == "csv" {
		kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		return nil, nil, fmt.Errorf("expected an answer in %s, got %q%s", answerTypes, kind, firstLine(resp.Body))
	}
	return e.read(&limitedReader{in: resp.Body, left: e.opt.Bytes}, format)
}

// read reads an answer and makes its blank nodes distinct from all others.
func (e *endpoints) read(in io.Reader, format results.Format) ([]string, [][]rdf.Term, error) {
	r, err := results.NewReader(in, format)
	if err != nil {
		return nil, nil, err
	}
	if _, ok := r.Boolean(); ok {
		return nil, nil, errors.New("expected solutions, got a boolean")
	}
	label := "s" + e.label + "r" + strconv.FormatInt(e.requests.Add(1), 36) + "n"
	made := 0
	blank := renaming(func() rdf.Term {
		made++
		return rdf.NewBlank(label + strconv.Itoa(made))
	})
	var rows [][]rdf.Term
	for {
		row, err := r.Read()
		if err == io.EOF {
			return r.Vars(), rows, nil
		}
		if err != nil {
			return nil, nil, err
		}
		for i, t := range row {
			row[i] = renameBlanks(t, blank)
		}
		rows = append(rows, row)
	}
}

// firstLine returns the beginning of what an endpoint says about an error, behind a colon.
func firstLine(in io.Reader) string {
	b, _ := io.ReadAll(io.LimitReader(in, 400))
	line, _, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	if line == "" {
		return ""
	}
	return ": " + strings.ToValidUTF8(strings.TrimSpace(line), "?")
}

// limitedReader ends with an error where io.LimitedReader would end with io.EOF.
type limitedReader struct {
	in   io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("the answer is longer than the limit for one")
	}
	n, err := l.in.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
