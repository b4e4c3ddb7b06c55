package infer_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sett/graph"
	"sett/graph/infer"
	"sett/graph/rdf"
)

const ns = "urn:x:"

const (
	subClass   = rdf.RDFSNS + "subClassOf"
	subProp    = rdf.RDFSNS + "subPropertyOf"
	domainOf   = rdf.RDFSNS + "domain"
	rangeOf    = rdf.RDFSNS + "range"
	inverseOf  = rdf.OWLNS + "inverseOf"
	symmetric  = rdf.OWLNS + "SymmetricProperty"
	transitive = rdf.OWLNS + "TransitiveProperty"
)

func open(t interface{ Fatal(...any) }) *graph.DB {
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// put empties a database and states triples, in the default graph and a named one by turns.
func put(ctx context.Context, db *graph.DB, triples []rdf.Triple) error {
	var here, there strings.Builder
	for i, t := range triples {
		b := &here
		if i%2 == 1 {
			b = &there
		}
		fmt.Fprintf(b, "%s %s %s .\n", t.S, t.P, t.O)
	}
	return db.Update(ctx, "DROP ALL ; INSERT DATA { "+here.String()+" GRAPH <urn:g> { "+there.String()+" } }")
}

// inferred returns the graph of inferred statements.
func inferred(ctx context.Context, db *graph.DB) ([]rdf.Triple, error) {
	g := rdf.NewIRI(infer.Graph)
	var all []rdf.Triple
	for q, err := range db.Quads(ctx, &g) {
		if err != nil {
			return nil, err
		}
		all = append(all, rdf.Triple{S: q.S, P: q.P, O: q.O})
	}
	return all, nil
}

type set map[string]rdf.Triple

func key(t rdf.Triple) string { return t.S.String() + " " + t.P.String() + " " + t.O.String() }

// closure applies the rules, as the standards write them, until nothing is new. Literals may be subjects on the way.
func closure(triples []rdf.Triple) set {
	all := set{}
	for _, t := range triples {
		all[key(t)] = t
	}
	a := rdf.NewIRI(rdf.RDFType)
	for grown := true; grown; {
		grown = false
		add := func(s, p, o rdf.Term) {
			if t := (rdf.Triple{S: s, P: p, O: o}); all[key(t)] != t {
				all[key(t)], grown = t, true
			}
		}
		now := slices.SortedFunc(maps.Values(all), rdf.Triple.Compare)
		for _, v := range now {
			for _, t := range now {
				same := t.P.Equal(v.S)
				switch v.P.Value() {
				case subClass:
					if t.P.Equal(a) && t.O.Equal(v.S) {
						add(t.S, a, v.O)
					}
				case subProp:
					if same {
						add(t.S, v.O, t.O)
					}
				case domainOf:
					if same {
						add(t.S, a, v.O)
					}
				case rangeOf:
					if same {
						add(t.O, a, v.O)
					}
				case inverseOf:
					if same {
						add(t.O, v.O, t.S)
					}
					if t.P.Equal(v.O) {
						add(t.O, v.S, t.S)
					}
				case rdf.RDFType:
					switch {
					case same && v.O.Value() == symmetric:
						add(t.O, t.P, t.S)
					case same && v.O.Value() == transitive:
						for _, u := range now {
							if u.P.Equal(t.P) && u.S.Equal(t.O) {
								add(t.S, t.P, u.O)
							}
						}
					}
				}
			}
		}
	}
	for k, t := range all {
		if t.S.IsLiteral() {
			delete(all, k)
		}
	}
	return all
}

// world draws a vocabulary of four properties and four classes, and statements with them.
func world(t *rapid.T) (vocabulary, facts []rdf.Triple) {
	name := func(kind string) *rapid.Generator[rdf.Term] {
		return rapid.Map(rapid.IntRange(0, 3), func(i int) rdf.Term { return rdf.NewIRI(fmt.Sprintf("%s%s%d", ns, kind, i)) })
	}
	property, class, node := name("p"), name("c"), name("n")
	literal := rapid.Map(rapid.IntRange(0, 1), func(i int) rdf.Term { return rdf.NewInteger(int64(i)) })
	say := func(s *rapid.Generator[rdf.Term], p string, o *rapid.Generator[rdf.Term]) *rapid.Generator[rdf.Triple] {
		return rapid.Custom(func(t *rapid.T) rdf.Triple {
			return rdf.Triple{S: s.Draw(t, "s"), P: rdf.NewIRI(p), O: o.Draw(t, "o")}
		})
	}
	kinds := rapid.SampledFrom([]rdf.Term{rdf.NewIRI(symmetric), rdf.NewIRI(transitive)})
	vocabulary = rapid.SliceOfN(rapid.OneOf(say(class, subClass, class), say(property, subProp, property), say(property, domainOf, class),
		say(property, rangeOf, class), say(property, inverseOf, property), say(property, rdf.RDFType, kinds)), 0, 6).Draw(t, "vocabulary")
	facts = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rdf.Triple {
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			return rdf.Triple{S: node.Draw(t, "s"), P: rdf.NewIRI(rdf.RDFType), O: class.Draw(t, "o")}
		}
		return rdf.Triple{S: node.Draw(t, "s"), P: property.Draw(t, "p"), O: rapid.OneOf(node, node, node, literal).Draw(t, "o")}
	}), 0, 8).Draw(t, "facts")
	return vocabulary, facts
}

// TestRunAddsWhatTheRulesImplyAndExplainSaysWhy compares with the rules applied one by one, and takes every proof apart: its facts and
// its vocabulary are stated, and what it proves follows from these alone. More of it: go test ./graph/infer -rapid.checks 20000
func TestRunAddsWhatTheRulesImplyAndExplainSaysWhy(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	defer db.Close()
	rapid.Check(t, func(t *rapid.T) {
		vocabulary, facts := world(t)
		stated := slices.Concat(vocabulary, facts)
		if err := put(ctx, db, stated); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time from the same facts, whatever was inferred before
			if _, err := infer.Run(ctx, db, infer.Options{}); err != nil {
				t.Fatal(err)
			}
		}
		want := closure(stated)
		known := set{}
		for _, s := range stated {
			known[key(s)] = s
			delete(want, key(s))
		}
		got, err := inferred(ctx, db)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range got {
			if _, ok := want[key(g)]; !ok {
				t.Errorf("%s does not follow", key(g))
			}
			delete(want, key(g))
			proof, ok, err := infer.Explain(ctx, db, g, infer.Options{})
			if err != nil || !ok {
				t.Fatalf("%s is not explained: %v", key(g), err)
			}
			premises := slices.Concat(proof.Vocabulary, proof.Facts)
			for _, p := range premises {
				if _, ok := known[key(p)]; !ok {
					t.Errorf("%s is explained by %s, which is not stated", key(g), key(p))
				}
			}
			if _, ok := closure(premises)[key(g)]; !ok {
				t.Errorf("%s does not follow from its proof %v", key(g), premises)
			}
		}
		for k := range want {
			t.Errorf("%s is not inferred", k)
		}
	})
}

func TestRemoveLeavesWhatIsStated(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	defer db.Close()
	if err := db.Update(ctx, `PREFIX : <urn:x:> PREFIX owl: <http://www.w3.org/2002/07/owl#>
		INSERT DATA { :likes owl:inverseOf :likedBy . GRAPH <urn:g> { :a :likes :b } }`); err != nil {
		t.Fatal(err)
	}
	stats, err := infer.Run(ctx, db, infer.Options{})
	if err != nil || stats.New != 1 || stats.Properties[ns+"likedBy"] != 1 {
		t.Errorf("got %+v, %v", stats, err)
	}
	if err := db.Update(ctx, `DELETE DATA { GRAPH <urn:g> { <urn:x:a> <urn:x:likes> <urn:x:b> } }`); err != nil {
		t.Fatal(err)
	}
	if stats, err := infer.Run(ctx, db, infer.Options{}); err != nil || stats.New != 0 {
		t.Errorf("after its reason is gone: %+v, %v", stats, err)
	}
	if err := infer.Remove(ctx, db, infer.Options{}); err != nil {
		t.Error(err)
	}
	if got, err := inferred(ctx, db); len(got) > 0 || err != nil {
		t.Errorf("left %v, %v", got, err)
	}
}

func TestAFailedRunLeavesTheInferredGraphAsItWas(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	defer db.Close()
	if err := db.Update(ctx, `PREFIX : <urn:x:> PREFIX owl: <http://www.w3.org/2002/07/owl#>
		INSERT DATA { :near a owl:SymmetricProperty . :a :near :b }`); err != nil {
		t.Fatal(err)
	}
	if _, err := infer.Run(ctx, db, infer.Options{}); err != nil {
		t.Fatal(err)
	}
	before, err := inferred(ctx, db)
	if err != nil || len(before) != 1 {
		t.Fatalf("got %v, %v", before, err)
	}
	if err := db.Update(ctx, `INSERT DATA { <urn:x:a> <urn:x:near> <urn:x:c> }`); err != nil {
		t.Fatal(err)
	}
	if _, err := infer.Run(ctx, db, infer.Options{Query: graph.QueryOptions{Timeout: time.Nanosecond}}); !errors.Is(err, graph.ErrLimit) {
		t.Fatalf("got %v, want a limit", err)
	}
	if after, err := inferred(ctx, db); err != nil || !slices.EqualFunc(before, after, rdf.Triple.Equal) {
		t.Errorf("got %v, %v; want %v", after, err, before)
	}
	if stats, err := infer.Run(ctx, db, infer.Options{}); err != nil || stats.New != 2 {
		t.Errorf("afterwards: %+v, %v", stats, err)
	}
}

func Example() {
	ctx := context.Background()
	db, err := graph.Open("", graph.Options{InMemory: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	if err := db.Update(ctx, `PREFIX : <urn:x:> PREFIX owl: <http://www.w3.org/2002/07/owl#>
		INSERT DATA { :partOf a owl:TransitiveProperty . :paw :partOf :leg . :leg :partOf :badger }`); err != nil {
		fmt.Println(err)
		return
	}
	stats, err := infer.Run(ctx, db, infer.Options{})
	fmt.Println(stats.New, err)

	paw := rdf.Triple{S: rdf.NewIRI("urn:x:paw"), P: rdf.NewIRI("urn:x:partOf"), O: rdf.NewIRI("urn:x:badger")}
	proof, ok, err := infer.Explain(ctx, db, paw, infer.Options{})
	fmt.Println(ok, err)
	for _, t := range proof.Facts {
		fmt.Println(t.S, t.P, t.O)
	}
	// Output:
	// 1 <nil>
	// true <nil>
	// <urn:x:paw> <urn:x:partOf> <urn:x:leg>
	// <urn:x:leg> <urn:x:partOf> <urn:x:badger>
}
