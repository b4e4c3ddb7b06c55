package w3c

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// Namespaces of the manifests' vocabularies.
const (
	MF   = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
	QT   = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
	UT   = "http://www.w3.org/2009/sparql/tests/test-update#"
	RDFT = "http://www.w3.org/ns/rdftest#"
)

// Manifest is one manifest file and all those it includes.
type Manifest struct {
	Graph   *Graph  // the statements of this file alone
	Entries []Entry // of this file, then of the included ones, in order
}

// Entry is one test.
type Entry struct {
	IRI      string
	ID       string // the IRI's fragment: pp01
	Suite    string // the manifest's folder: sparql11/property-path
	Type     string // IRI of its rdf:type: RDFT + "TestTurtleEval"
	Name     string
	Action   rdf.Term // a file's IRI, or a node of Graph
	Result   rdf.Term // the same, or no term
	Graph    *Graph   // of the entry's manifest
	testBase string   // mf:assumedTestBase
	dir      string
}

// LoadManifest reads a manifest and, in its order, those it includes; an included file that does not exist is left
// out, for a copy of the suites may lack some. File names in it become file: IRIs, see [Path] and [Entry.Base].
func LoadManifest(path string) (*Manifest, error) {
	return loadManifest(path, make(map[string]bool))
}

func loadManifest(path string, seen map[string]bool) (*Manifest, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	seen[abs] = true
	g, err := ReadGraph(abs)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Graph: g}
	for _, head := range g.Subjects(rdf.RDFType, rdf.NewIRI(MF+"Manifest")) {
		base := g.Object(head, MF+"assumedTestBase").Value()
		for _, list := range g.Objects(head, MF+"entries") {
			for _, node := range g.List(list) {
				m.Entries = append(m.Entries, newEntry(g, node, base, filepath.Dir(abs)))
			}
		}
		for _, list := range g.Objects(head, MF+"include") {
			for _, file := range g.List(list) {
				included, err := Path(file)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", path, err)
				}
				if seen[included] {
					continue
				}
				sub, err := loadManifest(included, seen)
				if errors.Is(err, os.ErrNotExist) {
					continue
				}
				if err != nil {
					return nil, err
				}
				m.Entries = append(m.Entries, sub.Entries...)
			}
		}
	}
	return m, nil
}

func newEntry(g *Graph, node rdf.Term, base, dir string) Entry {
	id := node.Value()
	id = id[strings.LastIndexAny(id, "#/")+1:]
	return Entry{
		IRI: node.Value(), ID: id, Suite: suite(dir),
		Type: g.Object(node, rdf.RDFType).Value(), Name: g.Object(node, MF+"name").Value(),
		Action: g.Object(node, MF+"action"), Result: g.Object(node, MF+"result"),
		Graph: g, testBase: base, dir: dir,
	}
}

// suite names a folder by its last parts, from the suite's version on: sparql11/property-path.
func suite(dir string) string {
	parts := strings.Split(filepath.ToSlash(dir), "/")
	for i, p := range parts {
		if i > 0 && (parts[i-1] == "rdf" || parts[i-1] == "sparql") && strings.HasPrefix(p, parts[i-1]) {
			return strings.Join(parts[i:], "/")
		}
	}
	return parts[len(parts)-1]
}

// Base returns the base IRI of one of an entry's files: mf:assumedTestBase and the file's name, or without one the
// file's public address, or for a file that has none its file: IRI.
func (e Entry) Base(file string) string {
	if e.testBase != "" {
		if rel, err := filepath.Rel(e.dir, file); err == nil {
			return e.testBase + (&url.URL{Path: filepath.ToSlash(rel)}).EscapedPath()
		}
	}
	slashed := filepath.ToSlash(file)
	for _, mark := range []string{"/conformance/", "/rdf-tests/"} {
		if i := strings.LastIndex(slashed, mark); i >= 0 {
			return "https://w3c.github.io/rdf-tests/" + slashed[i+len(mark):]
		}
	}
	return fileIRI(file)
}

func fileIRI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// Path returns the file that a file: IRI of a manifest names.
func Path(t rdf.Term) (string, error) {
	u, err := url.Parse(t.Value())
	if err != nil {
		return "", err
	}
	if u.Scheme != "file" {
		return "", fmt.Errorf("%s is not a file", t)
	}
	return filepath.FromSlash(u.Path), nil
}

// ReadGraph reads an RDF file, whose base is its file: IRI.
func ReadGraph(path string) (*Graph, error) {
	quads, err := ReadFile(path, fileIRI(path))
	if err != nil {
		return nil, err
	}
	return NewGraph(quads), nil
}

// FormatByPath is rdfio's, and takes the suites' old .n3 files for the Turtle that they hold.
func FormatByPath(path string) (rdfio.Format, bool) {
	if strings.HasSuffix(path, ".n3") {
		return rdfio.FormatByName("ttl")
	}
	return rdfio.FormatByPath(path)
}

// ReadFile reads an RDF file of any format.
func ReadFile(path, base string) ([]rdf.Quad, error) {
	f, ok := FormatByPath(path)
	if !ok {
		return nil, fmt.Errorf("%s: unknown format", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Read(file, f, rdfio.ReaderOptions{Base: base, File: path})
}

// Read reads all quads of an input; with an error come those before it.
func Read(in io.Reader, f rdfio.Format, opt rdfio.ReaderOptions) ([]rdf.Quad, error) {
	r, err := rdfio.NewReader(in, f, opt)
	if err != nil {
		return nil, err
	}
	var quads []rdf.Quad
	for q, err := range rdfio.Quads(r) {
		if err != nil {
			return quads, err
		}
		quads = append(quads, q)
	}
	return quads, nil
}
