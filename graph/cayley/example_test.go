package cayley_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/cayleygraph/cayley"
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	settgraph "sett/graph"
	settcayley "sett/graph/cayley"
)

// A program written for Cayley changes the backend's name, and has its data in sett.
func Example() {
	dir, err := os.MkdirTemp("", "sett")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	qs, err := graph.NewQuadStore("sett", dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	w, err := graph.NewQuadWriter("single", qs, nil)
	if err != nil {
		log.Fatal(err)
	}
	store := &cayley.Handle{QuadStore: qs, QuadWriter: w}
	defer store.Close()
	for _, q := range []quad.Quad{
		quad.Make(quad.IRI("urn:paper:1"), quad.IRI("urn:cites"), quad.IRI("urn:paper:2"), nil),
		quad.Make(quad.IRI("urn:paper:1"), quad.IRI("urn:cites"), quad.IRI("urn:paper:3"), nil),
		quad.Make(quad.IRI("urn:paper:3"), quad.IRI("urn:year"), 2024, nil),
	} {
		if err := store.AddQuad(q); err != nil {
			log.Fatal(err)
		}
	}
	p := cayley.StartPath(store, quad.IRI("urn:paper:1")).Out(quad.IRI("urn:cites")).Has(quad.IRI("urn:year"), quad.Int(2024))
	err = p.Iterate(context.Background()).EachValue(store, func(v quad.Value) { fmt.Println(v) })
	if err != nil {
		log.Fatal(err)
	}
	// Output: <urn:paper:3>
}

// A database takes Cayley's languages when it is opened with them.
func ExampleLanguages() {
	db, err := settgraph.Open("", settgraph.Options{InMemory: true, Languages: settcayley.Languages()})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	ctx := context.Background()
	err = db.Update(ctx, `INSERT DATA { <urn:paper:1> <urn:cites> <urn:paper:2> . <urn:paper:2> <urn:year> 2024 }`, settgraph.UpdateOptions{})
	if err != nil {
		log.Fatal(err)
	}
	res, err := db.Query(ctx, `g.V("<urn:paper:1>").tag("from").out("<urn:cites>").has("<urn:year>", gt(2020)).all()`, settgraph.QueryOptions{Lang: "gizmo"})
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range res.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.Get("from"), row.Get("id"))
	}
	// Output: <urn:paper:1> <urn:paper:2>
}
