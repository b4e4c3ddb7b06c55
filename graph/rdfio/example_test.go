package rdfio_test

import (
	"fmt"
	"os"
	"strings"

	"sett/graph/rdf"
	"sett/graph/rdfio"
)

func ExampleQuads() {
	const text = `
		@prefix : <http://example.org/> .
		:olmoe :activeParameters 1300000000 {| :source <https://arxiv.org/abs/2409.02060> |} .`
	turtle, _ := rdfio.FormatByName("turtle")
	r, err := rdfio.NewReader(strings.NewReader(text), turtle, rdfio.ReaderOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for quad, err := range rdfio.Quads(r) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(quad.P, quad.O)
	}
	// Output:
	// <http://example.org/activeParameters> "1300000000"^^<http://www.w3.org/2001/XMLSchema#integer>
	// <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://example.org/olmoe> <http://example.org/activeParameters> "1300000000"^^<http://www.w3.org/2001/XMLSchema#integer> )>>
	// <http://example.org/source> <https://arxiv.org/abs/2409.02060>
}

func ExampleSyntaxError_Caret() {
	nt, _ := rdfio.FormatByPath("papers.nt")
	r, err := rdfio.NewReader(strings.NewReader(`<urn:s> <urn:p> "é" oops`), nt, rdfio.ReaderOptions{File: "papers.nt"})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = r.Read(make([]rdf.Quad, 1))
	if syntax, ok := err.(*rdfio.SyntaxError); ok {
		fmt.Println(syntax)
		fmt.Println(syntax.Caret())
	}
	// Output:
	// papers.nt:1:21: expected '.' at the end of the statement, found 'o'
	// <urn:s> <urn:p> "é" oops
	//                     ^
}

func ExampleNewWriter() {
	prefixes := rdf.NewPrefixes("", "http://example.org/")
	turtle, _ := rdfio.FormatByName("ttl")
	w, err := rdfio.NewWriter(os.Stdout, turtle, rdfio.WriterOptions{Prefixes: prefixes})
	if err != nil {
		fmt.Println(err)
		return
	}
	model := rdf.NewIRI("http://example.org/zamba2")
	for _, q := range []rdf.Quad{
		{S: model, P: rdf.NewIRI("http://example.org/layers"), O: rdf.NewInteger(54)},
		{S: model, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI("http://example.org/Model")},
	} {
		if err := w.Write(q); err != nil {
			fmt.Println(err)
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// @prefix : <http://example.org/> .
	//
	// :zamba2 a :Model ;
	//     :layers 54 .
}
