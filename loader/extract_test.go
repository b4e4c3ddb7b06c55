package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sett/graph/rdf"
	"sett/loader"
	"sett/loader/document"
)

// shared returns a file of the data that is shared between projects and not in this repository; without it the test is
// skipped, and under CI it fails.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("SETT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(root, name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing: put the shared data beside the repository, or set SETT_SHARED", path)
		}
		t.Skipf("%s is missing: the shared data belongs beside the repository, or where SETT_SHARED says", path)
	}
	return path
}

// extracted returns the N-Quads of a file.
func extracted(t testing.TB, path string, opt loader.Options) ([]byte, loader.Report) {
	t.Helper()
	in, err := loader.Open(path, loader.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if opt.Lexicon == nil {
		opt.Lexicon = lexiconOf(t)
	}
	var out []byte
	report, err := loader.Extract(context.Background(), in.Documents, opt, func(quads []rdf.Quad) error {
		for _, q := range quads {
			out = q.Append(out)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, report
}

func TestSeedsScoreAsAsked(t *testing.T) {
	listing, script := shared(t, "seeds/listing.txt"), shared(t, "extraction/score.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is missing: the scorer is a script of its standard library")
	}
	quads, _ := extracted(t, listing, loader.Options{})
	file := filepath.Join(t.TempDir(), "out.nq")
	if err := os.WriteFile(file, quads, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, script, file, "-v").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	least := map[string]float64{"all": 0.98, "facts": 0.97}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if f[0] == "papers" && f[len(f)-1] != "10" {
			t.Errorf("papers matched: got %s, want 10", f[len(f)-1])
		}
		want, ok := least[f[0]]
		if !ok {
			continue
		}
		delete(least, f[0])
		if got, err := strconv.ParseFloat(f[len(f)-1], 64); err != nil || got < want {
			t.Errorf("%s: F1 %v, want at least %v\n%s", f[0], got, want, out)
		}
	}
	if len(least) > 0 {
		t.Errorf("the scorer did not print %v:\n%s", least, out)
	}
}

func TestOutputDoesNotDependOnThreads(t *testing.T) {
	path := shared(t, "papers/llm-papers.jsonl")
	one, _ := extracted(t, path, loader.Options{Threads: 1})
	for _, n := range []int{2, 5} {
		if many, _ := extracted(t, path, loader.Options{Threads: n}); !bytes.Equal(one, many) {
			t.Errorf("%d threads: output differs from that of one", n)
		}
	}
}

func TestShardsGiveWhatTheWholeGives(t *testing.T) {
	lines := strings.SplitAfter(string(generated(120)), "\n")
	dir := t.TempDir()
	write := func(name string, lines []string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole, _ := extracted(t, write("whole.txt", lines), loader.Options{})
	var parts []byte
	for i := 0; i < len(lines); i += 37 {
		part, _ := extracted(t, write(fmt.Sprintf("part%d.txt", i), lines[i:min(i+37, len(lines))]), loader.Options{})
		parts = append(parts, part...)
	}
	if !bytes.Equal(whole, parts) {
		t.Error("the shards together differ from the whole")
	}
}

func TestWithoutEvidenceThereAreNoClaims(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papers.txt")
	if err := os.WriteFile(path, generated(5), 0o644); err != nil {
		t.Fatal(err)
	}
	with, _ := extracted(t, path, loader.Options{})
	without, report := extracted(t, path, loader.Options{NoEvidence: true})
	if !bytes.Contains(with, []byte("reifies")) || bytes.Contains(without, []byte("urn:sett:claim:")) {
		t.Error("claims stand where they should not, or not where they should")
	}
	if report.Documents != 5 || report.Quads != bytes.Count(without, []byte("\n")) || report.Statements["introduces"] != 5 {
		t.Errorf("report %+v", report)
	}
}

func TestEvidenceQuotesTheText(t *testing.T) {
	doc := document.New()
	doc.Title = "Überblick: Ärger mit Größen"
	doc.Text = "Wörter – viele. We introduce Amsel-7B, a language model. Amsel-7B is trained on 2 trillion tokens."
	docs := &slice{docs: []*document.Document{doc}}
	claims := map[string][3]string{}
	_, err := loader.Extract(context.Background(), docs, loader.Options{Lexicon: lexiconOf(t)}, func(quads []rdf.Quad) error {
		for _, q := range quads {
			c := claims[q.S.Value()]
			switch strings.TrimPrefix(q.P.Value(), "urn:sett:ns:") {
			case "quote":
				c[0] = q.O.Value()
			case "start":
				c[1] = q.O.Value()
			case "end":
				c[2] = q.O.Value()
			default:
				continue
			}
			claims[q.S.Value()] = c
		}
		return nil
	})
	if err != nil || len(claims) == 0 {
		t.Fatal(len(claims), err)
	}
	runes := []rune(doc.Whole())
	for _, c := range claims {
		from, _ := strconv.Atoi(c[1])
		to, _ := strconv.Atoi(c[2])
		if from >= to || to > len(runes) || string(runes[from:to]) != c[0] {
			t.Errorf("quote %q at %d to %d", c[0], from, to)
		}
	}
}

func TestNamesThatComeLateAreCountedThoughThereAreManyBefore(t *testing.T) {
	docs := &slice{}
	add := func(name string) {
		doc := document.New()
		doc.Title, doc.Text = name+" Technical Report", "We introduce "+name+"-7B, a language model."
		docs.docs = append(docs.docs, doc)
	}
	for i := range 2 * loader.MaxUnlisted {
		add(fmt.Sprintf("Finch%d", i))
	}
	for range 40 {
		add("Plover")
	}
	report, err := loader.Extract(context.Background(), docs, loader.Options{Lexicon: lexiconOf(t)}, func([]rdf.Quad) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n := len(report.Unlisted); n > loader.MaxUnlisted || report.Pruned == 0 {
		t.Errorf("%d names, pruned %d times", n, report.Pruned)
	}
	if n := report.Unlisted["Plover-7B"]; n > 40 || n < 40-report.Pruned {
		t.Errorf("Plover-7B: %d documents, want 40 less at most %d", n, report.Pruned)
	}
}

func TestSizesOfKnownFamiliesAreNoNamesThatTheLexiconLacks(t *testing.T) {
	doc := document.New()
	doc.Title, doc.Text = "On Sizes", "We compare large language models: Gemma 7B, RoBERTa-large and Llama-3.1-8B-Instruct, and PloverLM-7B. PloverLM-7B outperforms Gemma 7B."
	report, err := loader.Extract(context.Background(), &slice{docs: []*document.Document{doc}}, loader.Options{Lexicon: lexiconOf(t)}, func([]rdf.Quad) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]int{"PloverLM-7B": 1}; !maps.Equal(report.Unlisted, want) {
		t.Errorf("got %v, want %v", report.Unlisted, want)
	}
}

func TestPaperIRI(t *testing.T) {
	long := "A very long title that goes on and on about the many things that one can do with language models"
	for _, c := range []struct{ title, want string }{
		{"OLMoE: Open Mixture-of-Experts Language Models", "urn:sett:paper:olmoe-open-mixture-of-experts-language-models"},
		{"Émile & Zoë 2.0", "urn:sett:paper:émile-zoë-2.0"},
	} {
		if got := loader.PaperIRI(c.title); got != c.want {
			t.Errorf("%s: got %s, want %s", c.title, got, c.want)
		}
	}
	a, b := loader.PaperIRI(long), loader.PaperIRI(long+" today")
	if a == b || !strings.HasPrefix(a, "urn:sett:paper:a-very-long-title-that-goes-on-and-on-about-the-many-things") {
		t.Errorf("cut titles: %s and %s", a, b)
	}
	if loader.PaperIRI("???") == loader.PaperIRI("!!!") {
		t.Error("titles without letters collide")
	}
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	undated := write("undated.txt", "- A Title of Words We show things. 3 authors · May 2\n")
	if _, err := loader.Open(undated, loader.OpenOptions{}); !errors.Is(err, loader.ErrYear) || !strings.Contains(err.Error(), undated) {
		t.Errorf("no year: %v", err)
	}
	in, err := loader.Open(undated, loader.OpenOptions{Year: 2023})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if doc, err := in.Documents.Next(); err != nil || doc.Date != (document.Date{Year: 2023, Month: 5, Day: 2}) {
		t.Errorf("with a year: %+v, %v", doc, err)
	}
	if _, err := loader.Open(write("x", "what is this"), loader.OpenOptions{}); !errors.Is(err, loader.ErrFormat) {
		t.Errorf("unknown content: %v", err)
	}
	if _, err := loader.Open(undated, loader.OpenOptions{Format: "docx"}); !errors.Is(err, loader.ErrFormat) {
		t.Errorf("unknown format: %v", err)
	}
	if _, err := loader.Open(filepath.Join(dir, "none"), loader.OpenOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := loader.Open(dir, loader.OpenOptions{}); err == nil {
		t.Error("a folder was opened as a file")
	}
	cut := write("cut.txt", "- A Title of Words We show things. 3 authors · May 2, 2024\n7 Another Title We show more and then it en\n")
	in, err = loader.Open(cut, loader.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, err = loader.Extract(context.Background(), in.Documents, loader.Options{Lexicon: lexiconOf(t)}, func([]rdf.Quad) error { return nil })
	if err == nil || !strings.HasPrefix(err.Error(), cut+":2: ") {
		t.Errorf("a cut line: %v", err)
	}
}

func TestOpenGuessesFormats(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, text, want string }{
		{"a", "12 A Title of Words We show things. 3 authors · May 2, 2024 5\r\n", "listing"},
		{"b", `{"title": "T", "abstract": "We show."}` + "\n", "arxiv"},
		{"c", "---\nlicense: mit\n---\n# Model\n", "modelcard"},
		{"d", "title,abstract\nT,We show.\n", "csv"},
		{"e", "<urn:a> <urn:b> <urn:c> .\n", "nt"},
		{"f.ttl", "<urn:a> <urn:b> 1 .\n", "ttl"},
	} {
		path := filepath.Join(dir, c.name)
		if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		in, err := loader.Open(path, loader.OpenOptions{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if (in.Documents == nil) == (in.RDF == nil) || in.Format != c.want && !(c.want == "nt" && in.RDF != nil) {
			t.Errorf("%s: got %s, want %s", c.name, in.Format, c.want)
		}
		in.Close()
	}
	in, err := loader.Open("-", loader.OpenOptions{Stdin: strings.NewReader("1 Words of a Title We show it. 2 authors · Mar 1\n- More Words of Titles We show it. 2 authors · Mar 1, 2021\n")})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if doc, err := in.Documents.Next(); err != nil || doc.Date.Year != 2022 {
		t.Errorf("standard input: %+v %v", doc, err)
	}
}

func TestRealAbstractsHoldWhatTheyShould(t *testing.T) {
	_, report := extracted(t, shared(t, "papers/llm-papers.jsonl"), loader.Options{NoEvidence: true})
	if report.Documents != 2570 {
		t.Errorf("documents: %d", report.Documents)
	}
	for property, least := range map[string]int{"introduces": 1000, "parameters": 250, "evaluatedOn": 400, "outperforms": 80, "mentions": 4000} {
		if report.Statements[property] < least {
			t.Errorf("%s: %d statements, want at least %d", property, report.Statements[property], least)
		}
	}
}

// slice is a reader of documents in memory, again and again if repeat says so.
type slice struct {
	docs   []*document.Document
	at     int
	repeat int
}

func (s *slice) Next() (*document.Document, error) {
	if s.at >= len(s.docs)*max(1, s.repeat) {
		return nil, io.EOF
	}
	s.at++
	return s.docs[(s.at-1)%len(s.docs)], nil
}

// generated returns a listing of n made-up papers.
func generated(n int) []byte {
	var b bytes.Buffer
	birds := []string{"Finch", "Robin", "Heron", "Plover", "Teal", "Wren", "Ibis", "Crane", "Dunlin", "Stork"}
	for i := range n {
		x := fmt.Sprintf("%s%d", birds[i%len(birds)], i)
		fmt.Fprintf(&b, "%d %s Technical Report We introduce %s-%dB, an open language model based on the Mamba architecture. "+
			"%s-%dB is trained on %d trillion tokens and outperforms Mistral 7B and Gemma 7B on MMLU and GSM8K. "+
			"Training took %dK H100 GPU hours. Many other things are said in this abstract, as in all abstracts, about why language "+
			"models matter, how hard they are to train, and what remains for others to do in the years that come. "+
			"We release the weights under the Apache 2.0 license. %d authors · May %d, %d %d\n",
			i, x, x, i%90+1, x, i%90+1, i%9+1, i%70+1, i%40+1, i%28+1, 2020+i%5, i%7)
	}
	return b.Bytes()
}

// BenchmarkExtract measures documents a second over made-up abstracts on all cores:
// go test ./loader -run '^$' -bench Extract
func BenchmarkExtract(b *testing.B) {
	path := filepath.Join(b.TempDir(), "papers.txt")
	if err := os.WriteFile(path, generated(1000), 0o644); err != nil {
		b.Fatal(err)
	}
	in, err := loader.Open(path, loader.OpenOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	var docs []*document.Document
	for {
		doc, err := in.Documents.Next()
		if err != nil {
			break
		}
		docs = append(docs, doc)
	}
	lex := lexiconOf(b)
	for _, evidence := range []bool{true, false} {
		b.Run(fmt.Sprintf("evidence=%t", evidence), func(b *testing.B) {
			n := 0
			for b.Loop() {
				r, err := loader.Extract(context.Background(), &slice{docs: docs, repeat: 10}, loader.Options{Lexicon: lex, NoEvidence: !evidence},
					func([]rdf.Quad) error { return nil })
				if err != nil {
					b.Fatal(err)
				}
				n += r.Documents
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}
