package graph_test

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"sett/graph"
	"sett/graph/rdfio"
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
