package sparql

import (
	"strings"
	"testing"
	"time"
)

var seeds = []string{
	`SELECT DISTINCT ?s (COUNT(*) AS ?n) { ?s a/^<p>*|!(<q>|^a) [ <r> (1 2.5 3e0) ] FILTER(?s != "x"@en--ltr && !(?s IN (1, -2))) } GROUP BY ?s HAVING (COUNT(*) > 1) ORDER BY DESC(?n) LIMIT 3`,
	`PREFIX : <http://e/> CONSTRUCT { << :a :b ?c ~ :r >> :p _:x } WHERE { :a :b ?c {| :q 1 |} OPTIONAL { ?c :d ?e FILTER(?e) } MINUS { ?c :f <<( :a :b 1 )>> } }`,
	`ASK { { SELECT * { VALUES (?x ?y) { (1 UNDEF) } } } UNION { GRAPH ?g { ?x ?y ?z } } FILTER NOT EXISTS { SERVICE <s> { } } BIND(IF(BOUND(?x), 1, 2) AS ?w) }`,
	`INSERT DATA { <s> <p> "a\u0041\n" . GRAPH <g> { _:b <q> [] } } ; DELETE { ?s ?p ?o } INSERT { } USING <g> WHERE { ?s ?p ?o } ; CLEAR SILENT ALL`,
}

// fuzz holds for any text: no panic, and what can be read is printed back and read again with the same result.
func fuzz(f *testing.F, update bool) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		was, err := reading(text, Options{Base: "http://base/x"}, update)
		IsComplete(text)
		if err != nil {
			if _, ok := err.(*SyntaxError); !ok {
				t.Fatalf("not a SyntaxError: %v", err)
			}
			return
		}
		again, err := reading(was.text, Options{}, update)
		if err != nil {
			t.Fatalf("printed back:\n%s\n%v", was.text, err)
		}
		if again != was {
			t.Fatalf("printed back:\n%s\ngot  %s\nwant %s", was.text, again, was)
		}
	})
}

func FuzzQuery(f *testing.F)  { fuzz(f, false) }
func FuzzUpdate(f *testing.F) { fuzz(f, true) }

// TestAbsurdTextsAreRefused reads texts that nest deeply or chain long; each must end, soon, with an error or without.
func TestAbsurdTextsAreRefused(t *testing.T) {
	many := func(s string) string { return strings.Repeat(s, 200_000) }
	for name, c := range map[string]struct {
		text string
		want string // part of the error; "" for none
	}{
		"groups":      {"ASK " + many("{"), "nested too deeply"},
		"brackets":    {"ASK { FILTER" + many("("), "nested too deeply"},
		"not":         {"ASK { FILTER(" + many("!"), "nested too deeply"},
		"collections": {"ASK { " + many("("), "nested too deeply"},
		"blanks":      {"ASK { ?s ?p " + many("[ ?p "), "nested too deeply"},
		"terms":       {"ASK { ?s ?p " + many("<<( ?s ?p "), "nested too deeply"},
		"reified":     {"ASK { " + many("<< "), "nested too deeply"},
		"paths":       {"ASK { ?s " + many("("), "nested too deeply"},
		"exists":      {"ASK { " + many("FILTER EXISTS {"), "nested too deeply"},
		"data":        {"ASK { VALUES ?x { " + many("<<( <a> <b> "), "nested too deeply"},
		"sums":        {"ASK { FILTER(1" + many("+ 1") + ") }", "too long"},
		"unions":      {"ASK { {}" + many(" UNION {}") + " }", "too long"},
		"sequences":   {"ASK { ?s <p>" + many("/<p>") + " ?o }", "too long"},
		"words":       {"ASK { " + many("a.") + " }", "expected"},
		"less":        {"ASK { FILTER(1 " + many("<a ") + ") }", "expected"},
		"triples":     {"ASK { " + many("?s ?p ?o . ") + " }", ""},
		"objects":     {"ASK { ?s ?p 1" + many(", 2") + " }", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := make(chan error, 1)
			go func() {
				_, err := ParseQuery(c.text, Options{})
				done <- err
			}()
			select {
			case err := <-done:
				if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
					t.Errorf("got %.200v, want %q", err, c.want)
				}
			case <-time.After(time.Minute):
				t.Error("no end")
			}
		})
	}
}
