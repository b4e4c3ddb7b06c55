package graph_test

import (
	"context"
	"testing"

	"sett/graph"
	"sett/graph/rdf"
)

// TestUpdatesTakeParameters, in WHERE, in templates, and in both; with values that would end a string if they were pasted.
func TestUpdatesTakeParameters(t *testing.T) {
	ctx := context.Background()
	evil := rdf.NewString(`" . <urn:evil> <urn:evil> "`)
	params := map[string]rdf.Term{"who": rdf.NewIRI("urn:mole"), "name": evil, "from": rdf.NewInteger(2)}
	for _, test := range []struct{ request, left string }{
		{`INSERT { ?who <urn:name> ?name } WHERE {}`, `ASK { <urn:mole> <urn:name> ?n FILTER(CONTAINS(?n, "evil")) FILTER NOT EXISTS { <urn:evil> ?p ?o } }`},
		{`DELETE { ?who <urn:size> ?n } WHERE { ?who <urn:size> ?n FILTER(?n >= ?from) }`, `ASK { <urn:mole> <urn:size> 1 . <urn:shrew> <urn:size> 2 FILTER NOT EXISTS { <urn:mole> <urn:size> 2 } }`},
		{`DELETE WHERE { ?who <urn:size> ?n }`, `ASK { <urn:shrew> <urn:size> 2 FILTER NOT EXISTS { <urn:mole> ?p ?n } }`},
		{`DELETE { ?x ?p ?o } INSERT { ?x ?p ?o . ?x <urn:seen> ?who } WHERE { ?x ?p ?o }; INSERT { ?who <urn:last> ?from } WHERE {}`, `ASK { <urn:shrew> <urn:seen> <urn:mole> . <urn:mole> <urn:last> 2 }`},
		{`INSERT DATA { <urn:a> <urn:b> 1 }`, `ASK { <urn:a> <urn:b> 1 }`},
	} {
		db, err := graph.Open("", graph.Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Update(ctx, `INSERT DATA { <urn:mole> <urn:size> 1, 2 . <urn:shrew> <urn:size> 2 }`); err != nil {
			t.Fatal(err)
		}
		if err := db.Update(ctx, test.request, graph.UpdateOptions{Params: params}); err != nil {
			t.Errorf("%s: %v", test.request, err)
			continue
		}
		if res, err := db.Query(ctx, test.left, graph.QueryOptions{}); err != nil || !res.Bool {
			t.Errorf("%s: what it leaves is not so (%v)", test.request, err)
		}
	}
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(ctx, `INSERT DATA {}`, graph.UpdateOptions{Params: map[string]rdf.Term{"?who": evil}}); err == nil {
		t.Error("a parameter with a question mark is taken")
	}
}
