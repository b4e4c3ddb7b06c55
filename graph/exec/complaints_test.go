package exec_test

import (
	"context"
	"fmt"
	"testing"

	"sett/cmd/settbench/literature"
	"sett/graph/exec"
	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// growth is how the work of a query may grow with its data.
type growth uint8

const (
	constant growth = iota // not at all
	linear                 // as the data do
	answered               // as the rows of its answer do
	batched                // not beyond a few batches
)

// complaints are queries that users of other engines report as slow.
var complaints = []struct {
	name, from string
	grows      growth
	text       string
}{
	{"optional over a foreign key", "oxigraph 1733, 1883", answered,
		`SELECT ?t { paper:paper-200 :cites ?p OPTIONAL { ?p dct:isPartOf ?v . ?v rdfs:label ?t } }`},
	{"optional over a foreign key, of all", "oxigraph 1733, 1883", linear,
		`SELECT ?t { ?p a :Paper OPTIONAL { ?p :introduces ?m . ?m :parameters ?t } }`},
	{"optional within optional", "", answered,
		`SELECT * { paper:paper-200 :cites ?q OPTIONAL { ?q :introduces ?m OPTIONAL { ?m :parameters ?n } } }`},
	{"distinct, ordered, limited", "oxigraph 1871", linear,
		`SELECT DISTINCT ?s ?o { ?s ?p ?o } ORDER BY ?o LIMIT 10`},
	{"count of all", "oxigraph 1871", constant,
		`SELECT (COUNT(*) AS ?n) { ?s ?p ?o }`},
	{"count by predicate", "oxigraph 1871", constant,
		`SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p`},
	{"distinct predicates", "", constant,
		`SELECT DISTINCT ?p { ?s ?p ?o }`},
	{"offset", "oxigraph 917", constant,
		`SELECT * { ?s :cites ?o } OFFSET 500 LIMIT 10`},
	{"offset into everything", "oxigraph 917", constant,
		`SELECT * { ?s ?p ?o } OFFSET 4000 LIMIT 10`},
	{"union whose branches bind", "oxigraph 1884", answered,
		`SELECT * { paper:paper-200 :cites ?q . { ?q dct:title ?t BIND("t" AS ?k) } UNION { ?q dct:issued ?t BIND("d" AS ?k) } }`},
	{"alternation path first", "jena 1614", answered,
		`SELECT * { ?q (dct:title|rdfs:label) ?t . paper:paper-200 :cites ?q }`},
	{"optional step, both ends bound later", "rdf4j 695", linear,
		`SELECT * { ?a :cites? ?b . ?a :introduces ?m . ?b :introduces ?n }`},
	{"tree, both ends bound later", "rdf4j 695", linear,
		`SELECT * { ?a skos:broader* ?b . ?a a :Dataset . ?b rdfs:label "dataset 0" }`},
	{"union in an optional", "", answered,
		`SELECT * { paper:paper-200 :cites ?q OPTIONAL { { ?q dct:title ?t } UNION { ?q rdfs:label ?t } } }`},
	{"not exists a union", "", answered,
		`SELECT ?q { paper:paper-200 :cites ?q FILTER NOT EXISTS { { ?q :introduces ?m } UNION { ?q rdfs:label ?m } } }`},
	{"minus a whole predicate", "", answered,
		`SELECT ?q { paper:paper-200 :cites ?q MINUS { ?q :introduces ?m } }`},
	{"subquery that only joins", "", answered,
		`SELECT ?t { paper:paper-200 :cites ?q . { SELECT ?q ?t { ?q dct:title ?t } } }`},
	{"equality in a condition", "", answered,
		`SELECT ?t { ?p :cites ?q . ?q dct:title ?t FILTER(?p = paper:paper-200) }`},
	{"beginning of a text", "", answered,
		`SELECT ?p { ?p rdfs:label ?t FILTER STRSTARTS(?t, "venue 1") }`},
	{"not exists the same predicate", "oxigraph 885", answered,
		`SELECT ?q { ?q dct:isPartOf <urn:sett:venue:venue-1> FILTER NOT EXISTS { ?q :cites paper:paper-3 } }`},
	{"bound before it is joined", "jena 3021", answered,
		`SELECT ?t { BIND(paper:paper-200 AS ?p) ?p :cites ?q . ?q dct:title ?t }`},
	{"bound before a path", "qlever 2867", answered,
		`SELECT ?b { BIND(paper:paper-200 AS ?p) ?p (:introduces|:trainedOn)* ?b }`},
	{"class and its subclasses", "rdf4j 5322, qlever 730", answered,
		`SELECT ?m { ?m :trainedOn/skos:broader* ?d . ?d rdfs:label "dataset 0" }`},
	{"optionals in a row", "qlever 2495", answered,
		`SELECT * { paper:paper-200 :cites ?a OPTIONAL { ?a dct:isPartOf ?b OPTIONAL { ?b rdfs:label ?c } } OPTIONAL { ?a :introduces ?d } OPTIONAL { ?a :upvotes ?e } }`},
	{"optional of what an optional binds", "qlever 2495", answered,
		`SELECT * { paper:paper-200 :cites ?a OPTIONAL { ?a dct:isPartOf ?b } OPTIONAL { ?b rdfs:label ?c } OPTIONAL { ?a :introduces ?d } OPTIONAL { ?a :upvotes ?e } }`},
	{"optional path on a small result", "qlever 2616, 2557", answered,
		`SELECT ?t ?v { paper:paper-200 :cites ?q OPTIONAL { ?q dct:isPartOf/rdfs:label ?t OPTIONAL { ?q :introduces ?v } } }`},
	{"optional of two patterns for all of a class", "rdf4j 4232", linear,
		`SELECT ?p ?m { ?p a :Paper OPTIONAL { ?p :introduces ?m . ?m a :Model } }`},
	{"two that must not exist", "rdf4j 5283", linear,
		`SELECT ?q { paper:paper-200 :cites ?q FILTER NOT EXISTS { ?q :introduces ?m } FILTER NOT EXISTS { ?b :cites ?q ; dct:isPartOf <urn:sett:venue:venue-1> } }`},
	{"optional behind a union", "rdf4j 5444", answered,
		`SELECT * { paper:paper-200 :cites ?q { ?q dct:title ?t } UNION { ?q dct:issued ?t } OPTIONAL { ?q :introduces ?m } OPTIONAL { ?q :upvotes ?u } }`},
	{"one of two classes", "4store 68", answered,
		`SELECT ?l { ?v a ?c ; rdfs:label ?l FILTER(?c = :Hardware || ?c = :Language) }`},
	{"alternatives of a small class, by what they contain", "jena 1614", answered,
		`SELECT ?v ?l { ?v (dct:title|rdfs:label) ?l ; a :Hardware FILTER CONTAINS(?l, "a") }`},
	{"values before a path", "halyard 29", answered,
		`SELECT * { VALUES ?p { paper:paper-200 paper:paper-201 } ?p :introduces/:architecture/skos:broader* ?b }`},
	{"counts of what a path reaches", "shmarql 25", linear,
		`SELECT ?b (COUNT(DISTINCT ?m) AS ?n) { ?m :architecture/skos:broader* ?b } GROUP BY ?b`},
	{"pairs under one parent, told apart by text", "rdf4j 2408", answered,
		`SELECT ?a ?b { VALUES ?v { paper:paper-200 paper:paper-201 } ?a a :Paper ; :cites ?v . ?b a :Paper ; :cites ?v FILTER(STR(?a) < STR(?b)) }`},
	{"values at the end of a path, and more", "rdf4j 3008", answered,
		`SELECT ?m ?n { VALUES ?c { <urn:sett:architecture:architecture-1> } ?m (:architecture|skos:broader)* ?c ; :parameters ?n }`},
	{"path within a union", "qlever 2002", answered,
		`SELECT DISTINCT ?d ?l { ?m :trainedOn ?d . paper:paper-0 :introduces ?m . ?d a :Dataset { ?d rdfs:label ?l } UNION { ?d skos:broader* ?k . ?k rdfs:label ?l } }`},
	{"optional step within a sequence, start bound by rows", "oxigraph 1894", answered,
		`SELECT ?q ?b { paper:paper-200 :cites ?q . ?q :introduces/:architecture?/rdfs:label ?b }`},
	{"optional step between two bound ends", "oxigraph 1894", answered,
		`SELECT ?q ?r { paper:paper-200 :cites ?q , ?r . ?q :introduces/:architecture?/^:architecture?/^:introduces ?r }`},
	{"bound before an optional", "qlever 1866", answered,
		`SELECT * { BIND(paper:paper-200 AS ?p) OPTIONAL { ?p dct:title ?t } }`},
	{"values before an optional", "qlever 1866", answered,
		`SELECT * { VALUES ?p { paper:paper-200 paper:paper-201 } OPTIONAL { ?p dct:title ?t } }`},
	{"texts of a language", "qlever 1867", linear,
		`SELECT ?p ?t { ?p :introduces ?m OPTIONAL { ?m rdfs:label ?t FILTER(LANG(?t) = "") } }`},
	{"predicates of what nothing cites", "qlever 2174", linear,
		`SELECT DISTINCT ?p { ?s ?p ?o FILTER NOT EXISTS { ?i :cites ?s } }`},
	{"optional of a chain", "comunica 583", linear,
		`SELECT ?p ?l { ?p a :Paper OPTIONAL { ?p :introduces ?m . ?m :architecture ?a . ?a rdfs:label ?l } }`},
	{"one row of a subquery, and optionals", "comunica 1286", batched,
		`SELECT * { { SELECT ?p { ?p a :Paper } LIMIT 1 } ?p dct:title ?t OPTIONAL { ?p :introduces ?m } OPTIONAL { ?p :cites ?q . ?q dct:title ?u } }`},
	{"samples of groups, joined", "virtuoso 293", linear,
		`SELECT ?t ?q ?v { ?q dct:isPartOf ?v . ?t :cites ?q { SELECT (SAMPLE(?p) AS ?t) { ?p dct:isPartOf ?w ; a :Paper } GROUP BY ?w ORDER BY ?w LIMIT 5 } }`},
	{"any of three existences", "virtuoso 1412", linear,
		`SELECT ?p { paper:paper-200 :cites ?p BIND(EXISTS { ?p :introduces ?m } AS ?a) BIND(EXISTS { ?p dct:isPartOf <urn:sett:venue:venue-1> } AS ?b) BIND(EXISTS { ?q :cites ?p } AS ?c) FILTER(?a || ?b || ?c) }`},
	{"most special of what a path reaches", "virtuoso 123", linear,
		`SELECT ?m ?t { ?m :trainedOn ?t FILTER NOT EXISTS { ?m :trainedOn ?u . ?u skos:broader+ ?t } }`},
	{"labels of values", "virtuoso 28", answered,
		`SELECT * { ?u rdfs:label ?l VALUES ?u { <urn:sett:dataset:dataset-0> <urn:sett:dataset:dataset-1> } }`},
	{"existence of the pattern itself, one row", "virtuoso 1315", batched,
		`SELECT DISTINCT * { ?p a :Paper FILTER EXISTS { ?p a :Paper } } LIMIT 1`},
	{"names of any kind without those of a path, first few", "qlever 1267", linear,
		`SELECT DISTINCT ?e ?n { ?e (:introduces)?/(rdfs:label|dct:title) ?n MINUS { ?e :architecture/skos:broader* <urn:sett:architecture:architecture-0> } } ORDER BY ?e ?n LIMIT 100`},
	{"bound before a pattern of a large class", "jena 1533", answered,
		`SELECT ?q { BIND(paper:paper-200 AS ?p) ?q :cites ?p ; a :Paper }`},
	{"union of bound names and paths", "dotnetrdf 271", answered,
		`SELECT ?e ?k { { BIND("model" AS ?k) BIND(?m AS ?e) ?m :trainedOn/skos:broader* <urn:sett:dataset:dataset-3> } UNION { BIND("paper" AS ?k) BIND(?p AS ?e) ?p :introduces/:trainedOn <urn:sett:dataset:dataset-3> ; :cites ?q . ?q :introduces ?n } }`},
	{"neither done nor newer, with a limit", "oxigraph 885", linear,
		`SELECT ?q { { ?q dct:isPartOf <urn:sett:venue:venue-1> } UNION { ?q dct:isPartOf <urn:sett:venue:venue-2> } FILTER NOT EXISTS { ?r :cites ?q ; dct:issued ?d FILTER(?d > NOW()) FILTER NOT EXISTS { ?r :introduces ?m } } } LIMIT 40`},
	{"breadcrumbs of a node", "skosmos 1240", answered,
		`SELECT ?o ?l (GROUP_CONCAT(STR(?d)) AS ?ds) { <urn:sett:dataset:dataset-9> a :Dataset OPTIONAL { <urn:sett:dataset:dataset-9> skos:broader* ?o OPTIONAL { ?o skos:broader ?d } } OPTIONAL { ?o rdfs:label ?l FILTER(LANGMATCHES(LANG(?l), "*") || LANG(?l) = "") } } GROUP BY ?o ?l`},
	{"neighbours of a node by class", "graph-explorer 1403", linear,
		`SELECT ?c (COUNT(DISTINCT ?n) AS ?k) { { paper:paper-200 ?p ?n } UNION { ?n ?p paper:paper-200 } ?n a ?c } GROUP BY ?c`},
	{"a long chain to one name", "qlever 1769", answered,
		`SELECT ?p ?l { ?p :cites ?q . ?q :introduces ?m . ?m :trainedOn ?d . ?d rdfs:label "dataset 7" . ?m :architecture ?a . ?a rdfs:label ?l . ?p dct:title ?t ; dct:isPartOf ?v . ?v rdfs:label ?vl }`},
	{"latest few", "", linear,
		`SELECT ?p { ?p dct:issued ?d } ORDER BY DESC(?d) LIMIT 5`},
}

const literaturePrologue = `PREFIX : <urn:sett:ns:> PREFIX paper: <urn:sett:paper:> PREFIX dct: <http://purl.org/dc/terms/>
	PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
`

// literatureStore makes a store of a literature graph with its terms in order.
func literatureStore(t testing.TB, papers int) *store.Snapshot {
	t.Helper()
	var quads []rdf.Quad
	err := literature.Generate(literature.Options{Papers: papers}, func(q rdf.Quad) error {
		quads = append(quads, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, quads)
	if err := s.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	snap := s.Snapshot()
	t.Cleanup(func() { snap.Close(); s.Close() })
	return snap
}

// work runs a query and returns how many rows all of its operators yielded, and how many came out.
func work(t testing.TB, snap *store.Snapshot, text string) (done, answer uint64, explain string) {
	t.Helper()
	q, err := sparql.ParseQuery(literaturePrologue+text, sparql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Build(context.Background(), q, snap, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := exec.Run(context.Background(), p, snap, exec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for {
		b, err := rows.Next()
		if err != nil {
			t.Fatal(err)
		}
		if b == nil {
			break
		}
		answer += uint64(b.N)
	}
	for _, a := range rows.Actual() {
		done += a.Rows
	}
	return done, answer, p.Explain(rows.Actual())
}

func TestQueriesThatOthersReportAsSlowDoWorkInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("loads two graphs")
	}
	const small, factor = 300, 4
	before, after := literatureStore(t, small), literatureStore(t, small*factor)
	for _, c := range complaints {
		t.Run(c.name, func(t *testing.T) {
			w1, n1, _ := work(t, before, c.text)
			w2, n2, explain := work(t, after, c.text)
			if n2 == 0 {
				t.Fatalf("no answer: the query tests nothing\n%s", explain)
			}
			var limit uint64
			switch c.grows {
			case constant:
				limit = w1 + w1/4
			case linear:
				limit = w1 * factor * 3 / 2
			case answered:
				limit = 16 * (n2 + 1)
			case batched:
				limit = 8 * exec.BatchRows
			}
			if w2 > limit {
				t.Errorf("with %d times the data: %d rows of work where there were %d (answers %d and %d); at most %d expected\n%s", factor, w2, w1, n2, n1, limit, explain)
			}
		})
	}
}

// BenchmarkComplaints measures them at growing sizes; ns/paper must not grow:
//
//	go test ./graph/exec -run - -bench Complaints
func BenchmarkComplaints(b *testing.B) {
	for _, papers := range []int{2000, 8000} {
		snap := literatureStore(b, papers)
		for _, c := range complaints {
			b.Run(fmt.Sprintf("%s/%d", c.name, papers), func(b *testing.B) {
				for b.Loop() {
					work(b, snap, c.text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(papers), "ns/paper")
			})
		}
	}
}
