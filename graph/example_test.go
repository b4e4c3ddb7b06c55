package graph_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/sparql"
)

// A program opens a database, loads RDF, asks, changes, and asks again of an older state.
func Example() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true}) // a directory otherwise
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	turtle, _ := rdfio.FormatByName("turtle")
	r, err := rdfio.NewReader(strings.NewReader(`
		PREFIX : <urn:sett:ns:>
		<urn:sett:model:zamba2> :trainingTokens 3000000000000 .
		<urn:sett:model:falcon-mamba-7b> :trainingTokens 5800000000000 .`), turtle, rdfio.ReaderOptions{})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Load(ctx, r, graph.LoadOptions{}); err != nil {
		log.Fatal(err)
	}
	before := db.Snapshot()
	defer before.Close()
	if err := db.Update(ctx, `PREFIX : <urn:sett:ns:> INSERT DATA { <urn:sett:model:olmoe-1b-7b> :trainingTokens 5000000000000 }`); err != nil {
		log.Fatal(err)
	}

	const question = `
		PREFIX : <urn:sett:ns:>
		SELECT ?model ?tokens { ?model :trainingTokens ?tokens } ORDER BY DESC(?tokens) LIMIT 10`
	res, err := db.Query(ctx, question, graph.QueryOptions{Timeout: time.Second})
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range res.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.Get("model").Value(), row.Get("tokens").Value())
	}
	res, err = before.Query(ctx, `ASK { <urn:sett:model:olmoe-1b-7b> ?p ?o }`, graph.QueryOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("known before:", res.Bool)

	// Output:
	// urn:sett:model:falcon-mamba-7b 5800000000000
	// urn:sett:model:olmoe-1b-7b 5000000000000
	// urn:sett:model:zamba2 3000000000000
	// known before: false
}

// Values of a program's own go into a query as parameters, never as text.
func ExampleDB_Query_parameters() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(ctx, `INSERT DATA { <urn:m> <urn:name> "Mole" . <urn:s> <urn:name> "Shrew" }`); err != nil {
		log.Fatal(err)
	}
	res, err := db.Query(ctx, `SELECT ?animal { ?animal <urn:name> ?name }`, graph.QueryOptions{
		Params: map[string]rdf.Term{"name": rdf.NewString(`Mole`)},
	})
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range res.All() {
		fmt.Println(row.Get("animal"), err)
	}
	// Output: <urn:m> <nil>
}

// Errors are values: what is wrong with a text has a place, and limits can be told from faults.
func ExampleDB_Query_errors() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	_, err = db.Query(ctx, "SELECT ?x {\n ?x <urn:p> }", graph.QueryOptions{})
	if syntax := (*sparql.SyntaxError)(nil); errors.As(err, &syntax) {
		fmt.Println(syntax.Line, syntax.Column)
	}

	if err := db.Update(ctx, "INSERT DATA { <urn:a> <urn:p> 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }"); err != nil {
		log.Fatal(err)
	}
	res, err := db.Query(ctx, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r FILTER(?c + ?f + ?i + ?l + ?o + ?r > 100) }",
		graph.QueryOptions{Timeout: time.Millisecond})
	if err != nil {
		log.Fatal(err)
	}
	defer res.Close()
	for _, err := range res.All() {
		fmt.Println(errors.Is(err, graph.ErrLimit))
	}
	// Output:
	// 2 13
	// true
}

// A CONSTRUCT query yields quads, which any writer of package rdfio takes.
func ExampleResult_Quads() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	var done graph.UpdateStats
	if err := db.Update(ctx, `INSERT DATA { <urn:mole> <urn:digs> <urn:tunnel> }`, graph.UpdateOptions{Stats: &done}); err != nil {
		log.Fatal(err)
	}
	res, err := db.Query(ctx, `CONSTRUCT { ?what <urn:dugBy> ?who } WHERE { ?who <urn:digs> ?what }`, graph.QueryOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for q, err := range res.Quads() {
		fmt.Println(done.Inserted, q, err)
	}
	// Output: 1 <urn:tunnel> <urn:dugBy> <urn:mole> . <nil>
}

// The operations of one request are a transaction: all of them happen, or none. Values go in as parameters here too.
func ExampleDB_Update() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	var stats graph.UpdateStats
	err = db.Update(ctx, `
		INSERT { ?animal <urn:name> ?name } WHERE {} ;
		INSERT { ?x a <urn:Named> } WHERE { ?x <urn:name> ?any }`,
		graph.UpdateOptions{
			Params: map[string]rdf.Term{"animal": rdf.NewIRI("urn:m"), "name": rdf.NewString(`Mole, "the digger"`)},
			Stats:  &stats,
		})
	fmt.Println(stats.Inserted, err)

	err = db.Update(ctx, `INSERT DATA { GRAPH <urn:g> { <urn:s> a <urn:Named> } } ; CREATE GRAPH <urn:g>`)
	fmt.Println(err)
	res, err := db.Query(ctx, `ASK { <urn:s> a <urn:Named> }`, graph.QueryOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Bool)
	// Output:
	// 2 <nil>
	// the graph exists already: <urn:g>
	// false
}

// A query ends with its context, between two rows at the latest.
func ExampleResult_All_cancel() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(ctx, `INSERT { ?s <urn:p> ?n } WHERE { VALUES ?s { <urn:a> <urn:b> } VALUES ?n { 1 2 3 4 5 6 7 8 9 } }`); err != nil {
		log.Fatal(err)
	}
	res, err := db.Query(ctx, `SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?t ?w . ?e ?u ?v }`, graph.QueryOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, err := range res.All() {
		if err != nil {
			fmt.Println(err)
			break
		}
		cancel()
	}
	// Output: context canceled
}
