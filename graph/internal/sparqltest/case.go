package sparqltest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sett/graph/internal/w3c"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/results"
	"sett/graph/sparql"
)

// Case is one test.
type Case struct {
	Text   string // the query or the update request
	Base   string
	Update bool
	Data   []rdf.Quad // the dataset before
	Syntax bool       // only whether the text is accepted counts
	Bad    bool       // the text must be refused
	After  []rdf.Quad // of an update: the dataset that must be there
	Want   *Answer    // of a query; nil if the entry states none
	csv    bool       // Want was read from CSV: terms are compared by their text
	lax    bool       // REDUCED: how often a solution comes is left open
}

// Answer is what a query gives.
type Answer struct {
	Table *results.Table // SELECT and ASK
	Quads []rdf.Quad     // CONSTRUCT and DESCRIBE, if Table is nil
}

// ErrNoCase is the error of entries that are no test of a query or an update.
var ErrNoCase = errors.New("neither a query nor an update")

// Load reads an entry's files. Types that other suites have added are understood by the words in their names.
func Load(e w3c.Entry) (*Case, error) {
	kind := e.Type[strings.LastIndexByte(e.Type, '#')+1:]
	c := &Case{Bad: strings.HasPrefix(kind, "Negative"), Update: strings.Contains(kind, "Update")}
	c.Syntax = strings.Contains(kind, "Syntax") || strings.Contains(kind, "Serialization")
	text := e.Action
	if !c.Syntax {
		ns, name := w3c.QT, "query"
		if c.Update {
			ns, name = w3c.UT, "request"
		}
		if q := e.Graph.Object(e.Action, ns+name); !q.IsZero() {
			text = q
		}
		if err := c.dataset(e, e.Action, ns, &c.Data); err != nil {
			return nil, err
		}
	}
	if _, ok := tableFormat(text); ok || !text.IsIRI() {
		return nil, ErrNoCase
	}
	path, err := w3c.Path(text)
	if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c.Text, c.Base = string(b), e.Base(path)
	switch {
	case c.Syntax:
		return c, nil
	case c.Update:
		return c, c.dataset(e, e.Result, w3c.UT, &c.After)
	}
	if len(c.Data) == 0 {
		if err := c.fromClauses(e, filepath.Dir(path)); err != nil {
			return nil, err
		}
	}
	c.lax = strings.HasSuffix(e.Graph.Object(term(e), w3c.MF+"resultCardinality").Value(), "LaxCardinality")
	if e.Result.IsZero() {
		return c, nil
	}
	return c, c.result(e)
}

func term(e w3c.Entry) rdf.Term { return rdf.NewIRI(e.IRI) }

// dataset reads the data and graphData of a node into quads.
func (c *Case) dataset(e w3c.Entry, node rdf.Term, ns string, into *[]rdf.Quad) error {
	for _, file := range e.Graph.Objects(node, ns+"data") {
		if err := c.file(e, file, rdf.Term{}, into); err != nil {
			return err
		}
	}
	for _, g := range e.Graph.Objects(node, ns+"graphData") {
		file, name := g, rdf.Term{}
		if f := e.Graph.Object(g, ns+"graph"); !f.IsZero() {
			file = f
		}
		if label := e.Graph.Object(g, rdf.RDFSLabel); !label.IsZero() {
			name = rdf.NewIRI(label.Value())
		}
		if name.IsZero() {
			path, err := w3c.Path(file)
			if err != nil {
				return err
			}
			name = rdf.NewIRI(e.Base(path))
		}
		if err := c.file(e, file, name, into); err != nil {
			return err
		}
	}
	return nil
}

// file reads one file into a graph.
func (c *Case) file(e w3c.Entry, file, graph rdf.Term, into *[]rdf.Quad) error {
	path, err := w3c.Path(file)
	if err != nil {
		return err
	}
	quads, err := read(path, e.Base(path), fmt.Sprintf("f%d", len(*into)))
	if err != nil {
		return err
	}
	for _, q := range quads {
		if q.G.IsZero() {
			q.G = graph
		}
		*into = append(*into, q)
	}
	return nil
}

func read(path, base, blanks string) ([]rdf.Quad, error) {
	f, ok := w3c.FormatByPath(path)
	if !ok {
		return nil, fmt.Errorf("%s: no RDF", path)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return w3c.Read(in, f, rdfio.ReaderOptions{Base: base, File: path, BlankPrefix: blanks})
}

// fromClauses reads the graphs that the query names itself, where the entry gives none.
func (c *Case) fromClauses(e w3c.Entry, dir string) error {
	q, err := sparql.ParseQuery(c.Text, sparql.Options{Base: c.Base})
	if err != nil {
		return err
	}
	for _, name := range append(q.Dataset.From, q.Dataset.FromNamed...) {
		path := filepath.Join(dir, filepath.Base(name.Value()))
		quads, err := read(path, name.Value(), fmt.Sprintf("f%d", len(c.Data)))
		if err != nil {
			return err
		}
		for _, d := range quads {
			d.G = name
			c.Data = append(c.Data, d)
		}
	}
	return nil
}

// result reads the expected answer.
func (c *Case) result(e w3c.Entry) error {
	if f, ok := tableFormat(e.Result); ok {
		c.csv = f.Name == "csv"
		table, err := ReadTable(e.Result)
		c.Want = &Answer{Table: table}
		return err
	}
	path, err := w3c.Path(e.Result)
	if err != nil {
		return err
	}
	quads, err := read(path, e.Base(path), "")
	if err != nil {
		return err
	}
	if table, err := results.FromGraph(quads); err == nil {
		c.Want = &Answer{Table: table}
		return nil
	}
	c.Want = &Answer{Quads: quads}
	return nil
}

// tableFormat is the format of a file of results, if it is one.
func tableFormat(file rdf.Term) (results.Format, bool) {
	f, ok := results.FormatByPath(file.Value())
	return f, ok && f.Name != "ndjson"
}

// ReadTable reads a file of results.
func ReadTable(file rdf.Term) (*results.Table, error) {
	path, err := w3c.Path(file)
	if err != nil {
		return nil, err
	}
	f, ok := tableFormat(file)
	if !ok {
		return nil, fmt.Errorf("%s: no results", path)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return results.ReadAll(in, f)
}
