package main

import (
	"context"
	"strings"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/loader"
	"sett/loader/document"
	"sett/loader/listing"
	"sett/seeds"
)

// seed fills a new database in one load.
func (a *app) seed(ctx context.Context, db *graph.DB, content content) (graph.LoadStats, error) {
	all := new(sources)
	defer all.close()
	embedded := func(f seeds.File, name string) {
		all.open = append(all.open, func() (stream, error) {
			r, err := turtle(f)
			return named{r, rdf.NewIRI(name)}, err
		})
	}
	embedded(seeds.Ontology(), seeds.OntologyGraph)
	for _, f := range seeds.Lexicon() {
		embedded(f, seeds.LexiconGraph)
	}
	if content == papers {
		f := seeds.Papers()
		newest, _, err := listing.NewestYear(strings.NewReader(f.Text))
		if err != nil {
			return graph.LoadStats{}, err
		}
		all.open = append(all.open, func() (stream, error) {
			r := listing.NewReader(strings.NewReader(f.Text), listing.Options{File: f.Name, Year: newest + 1})
			return extracted(ctx, r, loader.Options{}, all.addReport), nil
		})
	}
	return db.Load(ctx, all, graph.LoadOptions{})
}

// extracted is what documents say. At their end, report is told of it, before the reader of the pull sees that end.
func extracted(ctx context.Context, docs document.Reader, opt loader.Options, report func(loader.Report)) *pull {
	return newPull(ctx, func(ctx context.Context, emit func([]rdf.Quad) error) error {
		r, err := loader.Extract(ctx, docs, opt, emit)
		report(r)
		return err
	})
}

// turtle reads an embedded file.
func turtle(f seeds.File) (rdfio.Reader, error) {
	format, _ := rdfio.FormatByName("ttl")
	return rdfio.NewReader(strings.NewReader(f.Text), format, rdfio.ReaderOptions{File: f.Name, Base: "urn:sett:", BlankPrefix: blankPrefix(f.Name)})
}

// named puts triples into a graph.
type named struct {
	rdfio.Reader
	graph rdf.Term
}

func (n named) Read(batch []rdf.Quad) (int, error) {
	count, err := n.Reader.Read(batch)
	for i := range batch[:count] {
		if batch[i].G.IsZero() {
			batch[i].G = n.graph
		}
	}
	return count, err
}

func (named) Close() error { return nil }
