package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// arrows is who may import whom inside this module, a package a line: "a: b c" lets a import b and c and nothing else
// of ours. Test files may also import what testSupport lists. "*" is everything.
const arrows = `
graph/rdf:
graph/rdfio: graph/rdf
graph/xsd: graph/rdf
graph/results: graph/rdf
graph/store: graph/rdf
graph/sparql: graph/rdf
graph/plan: graph/rdf graph/sparql graph/xsd graph/store
graph/exec: graph/plan graph/sparql graph/xsd graph/store graph/rdf
graph/dot: graph/dot/layout graph/rdf
graph/dot/layout:
graph/internal/w3c: graph/rdf graph/rdfio
graph/internal/naive: graph/rdf graph/sparql graph/xsd
graph/internal/randquery: graph/rdf
graph/internal/sparqltest: graph/internal/w3c graph/rdf graph/rdfio graph/results graph/sparql graph/xsd
graph/cayley: graph graph/store graph/plan graph/exec graph/rdf graph/sparql
cmd/settbench/literature: graph/rdf
cmd/settbench/papers:
cmd/settbench/suite: graph graph/rdf
graph: graph/exec graph/plan graph/sparql graph/xsd graph/results graph/store graph/rdfio graph/rdf
graph/infer: graph graph/rdf
graph/serve: graph graph/dot graph/results graph/rdfio graph/rdf graph/sparql
seeds:
queries: graph/rdf graph/sparql
loader/document: graph/rdf
loader/text:
loader/modelcard: loader/document graph/rdf
loader/record: loader/document graph/rdf
loader/arxiv: loader/document loader/record graph/rdf
loader/table: loader/document loader/record graph/rdf
loader/listing: loader/document graph/rdf
loader/lexicon: loader/text graph/rdf
loader/extract: loader/document loader/text loader/lexicon graph/rdf
loader: loader/document loader/text loader/lexicon loader/modelcard loader/arxiv loader/table loader/listing loader/extract seeds graph/rdfio graph/rdf
repl: graph graph/rdf graph/rdfio graph/results graph/dot graph/infer graph/sparql queries loader
cmd/sett: *
cmd/settbench: *
`

// testSupport is what tests anywhere may read their data with.
var testSupport = strings.Fields(`graph/internal/w3c graph/internal/naive graph/internal/randquery graph/internal/sparqltest
	graph/rdf graph/rdfio graph/results seeds cmd/settbench/literature cmd/settbench/suite`)

type goPackage struct {
	ImportPath, Name, Doc string
	Dir                   string
	Imports, TestImports  []string
	XTestImports          []string
}

// listed runs go list over the module.
func listed(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Doc,Dir,Imports,TestImports,XTestImports", "sett/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportsFollowTheArrows(t *testing.T) {
	allowed := map[string][]string{}
	for line := range strings.Lines(arrows) {
		if name, imports, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			allowed[name] = strings.Fields(imports)
		}
	}
	for _, p := range listed(t) {
		name := strings.TrimPrefix(p.ImportPath, "sett/")
		may, ok := allowed[name]
		if !ok {
			t.Errorf("%s is in no row of the table of arrows: give it one", name)
			continue
		}
		check := func(imports []string, test bool) {
			for _, path := range imports {
				to, ours := strings.CutPrefix(path, "sett/")
				if !ours || to == name || slices.Contains(may, to) || slices.Contains(may, "*") {
					continue
				}
				if test && slices.Contains(testSupport, to) {
					continue
				}
				t.Errorf("%s imports %s, which its row does not allow", name, to)
			}
		}
		check(p.Imports, false)
		check(p.TestImports, true)
		check(p.XTestImports, true)
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range listed(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

// pathInDocs is a path of this repository as README.md and CONTRIBUTING.md name it: in back quotes, with a slash or an
// ending that only files have.
var pathInDocs = regexp.MustCompile("`((?:cmd|graph|loader|repl|queries|seeds|\\.ci)/[A-Za-z0-9_./-]*)`")

func TestPathsThatTheDocsNameExist(t *testing.T) {
	for _, doc := range []string{"README.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join("..", doc))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range pathInDocs.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
				t.Errorf("%s names %s, which is not there", doc, m[1])
			}
		}
	}
}
