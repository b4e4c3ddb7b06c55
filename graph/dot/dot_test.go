package dot_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sett/graph/dot"
	"sett/graph/rdf"
)

var (
	update = flag.Bool("update", false, "rewrite the expected DOT under testdata")
	look   = flag.String("look", "", "a folder to write each golden picture to, as SVG and PNG")
)

var prefixes = rdf.NewPrefixes("", "urn:sett:ns:", "model", "urn:sett:model:", "paper", "urn:sett:paper:",
	"dataset", "urn:sett:dataset:", "arch", "urn:sett:architecture:", "hw", "urn:sett:hardware:", "bench", "urn:sett:benchmark:",
	"org", "urn:sett:organization:", "lang", "urn:sett:language:", "license", "urn:sett:license:", "method", "urn:sett:method:",
	"rdfs", rdf.RDFSNS, "rdf", rdf.RDFNS, "skos", rdf.SKOSNS, "dcterms", rdf.DCTermsNS, "ex", "urn:ex:")

// parseCase reads the small language of testdata/*.quads: a statement a line, terms parted by spaces, "a" for rdf:type,
// quoted strings, integers; lines "limit N", "layout NAME" and "focus NODE" set options; # starts a comment.
func parseCase(t *testing.T, text string) ([]rdf.Quad, dot.Options) {
	t.Helper()
	opt := dot.Options{Prefixes: prefixes}
	var quads []rdf.Quad
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, rest, _ := strings.Cut(line, " ")
		switch head {
		case "limit":
			fmt.Sscan(rest, &opt.Limit)
			continue
		case "layout":
			opt.Layout = rest
			continue
		case "focus":
			opt.Focus = append(opt.Focus, parseTerm(t, rest))
			continue
		}
		parts := strings.SplitN(line, " ", 3)
		if len(parts) != 3 {
			t.Fatalf("line %d: %q is no statement", n+1, line)
		}
		quads = append(quads, rdf.Quad{S: parseTerm(t, parts[0]), P: parseTerm(t, parts[1]), O: parseTerm(t, parts[2])})
	}
	return quads, opt
}

func parseTerm(t *testing.T, s string) rdf.Term {
	t.Helper()
	var n int64
	switch {
	case s == "a":
		return rdf.NewIRI(rdf.RDFType)
	case strings.HasPrefix(s, "<<( "):
		parts := strings.Fields(s)
		return rdf.NewTripleTerm(parseTerm(t, parts[1]), parseTerm(t, parts[2]), parseTerm(t, parts[3]))
	case strings.HasPrefix(s, "<"):
		return rdf.NewIRI(strings.Trim(s, "<>"))
	case strings.HasPrefix(s, "_:"):
		return rdf.NewBlank(s[2:])
	case strings.HasPrefix(s, `"`):
		return rdf.NewString(strings.Trim(s, `"`))
	}
	if _, err := fmt.Sscan(s, &n); err == nil && !strings.Contains(s, ":") {
		return rdf.NewInteger(n)
	}
	iri, ok := prefixes.Expand(s)
	if !ok {
		t.Fatalf("term %q", s)
	}
	return rdf.NewIRI(iri)
}

func TestGoldenDOT(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.quads")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases under testdata", err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			quads, opt := parseCase(t, string(text))
			g := dot.New(quads, opt)
			var got bytes.Buffer
			if err := g.Write(context.Background(), &got, dot.DOT); err != nil {
				t.Fatal(err)
			}
			nodes, _ := g.Drawn()
			const others = 3 // statements that set what holds for all
			if err := checkSource(got.String(), nodes, strings.Count(got.String(), "]\n")-nodes-others); err != nil {
				t.Error(err)
			}
			golden := strings.TrimSuffix(path, ".quads") + ".dot"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s differs (-want +got); after reading the difference, run with -update\n%s", golden, diff)
			}
			if *look != "" {
				for _, f := range []dot.Format{dot.SVG, dot.PNG, dot.JPG} {
					var buf bytes.Buffer
					if err := g.Write(context.Background(), &buf, f); err != nil {
						t.Fatal(err)
					}
					name := strings.TrimSuffix(filepath.Base(path), ".quads") + "." + string(f)
					if err := os.WriteFile(filepath.Join(*look, name), buf.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}
