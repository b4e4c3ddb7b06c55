package serve_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sett/graph"
	"sett/graph/serve"
)

// rows runs a query and returns its rows as text, in order.
func rows(db *graph.DB, text string, opt graph.QueryOptions) ([]string, error) {
	res, err := db.Query(context.Background(), text, opt)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	var out []string
	for s, err := range res.All() {
		if err != nil {
			return nil, err
		}
		var row []string
		for _, term := range s.Terms() {
			if term.IsZero() {
				row = append(row, "UNDEF")
			} else {
				row = append(row, strings.TrimSuffix(term.String(), "^^<http://www.w3.org/2001/XMLSchema#integer>"))
			}
		}
		out = append(out, strings.Join(row, " "))
	}
	slices.Sort(out)
	return out, nil
}

func TestServiceJoinsWhatOtherServersSay(t *testing.T) {
	near, _ := start(t, serve.Options{})
	farDB, farServer := start(t, serve.Options{})
	other, otherServer := start(t, serve.Options{})
	update(t, near, `INSERT DATA { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 . <urn:c> <urn:p> 3 . <urn:a> <urn:at> <`+farServer.URL+`/sparql> .
		<urn:b> <urn:at> <`+otherServer.URL+`/sparql> . <urn:a> <urn:t> <<( <urn:x> <urn:y> "z"@en--ltr )>> . _:near <urn:blank> 1 }`)
	update(t, farDB, `INSERT DATA { <urn:a> <urn:q> "far a" . <urn:b> <urn:q> "far b" . <urn:z> <urn:q> "far z" .
		<urn:k> <urn:t> <<( <urn:x> <urn:y> "z"@en--ltr )>> . _:b <urn:blank> 1 . _:b <urn:blank> 2 }`)
	update(t, other, `INSERT DATA { <urn:a> <urn:q> "other a" . <urn:b> <urn:q> "other b" }`)
	opt := graph.QueryOptions{Service: graph.Endpoints(graph.EndpointOptions{Timeout: 10 * time.Second})}
	far := "<" + farServer.URL + "/sparql>"
	for _, c := range []struct{ name, query, want string }{
		{"alone", "SELECT ?s { SERVICE FAR { ?s <urn:q> ?o } }", "<urn:a>|<urn:b>|<urn:z>"},
		{"joined", "SELECT ?s ?o { ?s <urn:p> ?n SERVICE FAR { ?s <urn:q> ?o } }", `<urn:a> "far a"|<urn:b> "far b"`},
		{"before the pattern", "SELECT ?s ?n { SERVICE FAR { ?s <urn:q> ?o } ?s <urn:p> ?n }", `<urn:a> "1"|<urn:b> "2"`},
		{"optional", "SELECT ?s ?o { ?s <urn:p> ?n OPTIONAL { SERVICE FAR { ?s <urn:q> ?o } } }", `<urn:a> "far a"|<urn:b> "far b"|<urn:c> UNDEF`},
		{"optional with a condition", "SELECT ?s ?o { ?s <urn:p> ?n OPTIONAL { SERVICE FAR { ?s <urn:q> ?o } FILTER(?n > 1) } }", `<urn:a> UNDEF|<urn:b> "far b"|<urn:c> UNDEF`},
		{"minus", "SELECT ?s { ?s <urn:p> ?n MINUS { SERVICE FAR { ?s <urn:q> ?o } } }", "<urn:c>"},
		{"exists", "SELECT ?s { ?s <urn:p> ?n FILTER EXISTS { SERVICE FAR { ?s <urn:q> ?o } } }", "<urn:a>|<urn:b>"},
		{"filter over both", "SELECT ?s { ?s <urn:p> ?n SERVICE FAR { ?s <urn:q> ?o } FILTER(CONTAINS(?o, 'b') && ?n = 2) }", "<urn:b>"},
		{"variable endpoint", "SELECT ?s ?o { ?s <urn:at> ?e SERVICE ?e { ?s <urn:q> ?o } }", `<urn:a> "far a"|<urn:b> "other b"`},
		{"variable endpoint, text first", "SELECT ?s ?o { SERVICE ?e { ?s <urn:q> ?o } ?s <urn:at> ?e }", `<urn:a> "far a"|<urn:b> "other b"`},
		{"variable endpoint by VALUES", "SELECT ?s { VALUES ?e { FAR } SERVICE ?e { ?s <urn:q> 'far z' } }", "<urn:z>"},
		{"variable endpoint by BIND", "SELECT ?s { BIND(FAR AS ?e) SERVICE ?e { ?s <urn:q> 'far z' } }", "<urn:z>"},
		{"variable endpoint from another", "SELECT ?s { SERVICE FAR { BIND(FAR AS ?e) } SERVICE ?e { ?s <urn:q> 'far z' } }", "<urn:z>"},
		{"two endpoints", "SELECT ?s ?x { SERVICE FAR { ?s <urn:q> ?o } SERVICE <" + otherServer.URL + "/sparql> { ?s <urn:q> ?x } }", `<urn:a> "other a"|<urn:b> "other b"`},
		{"subquery", "SELECT ?s ?o { ?s <urn:p> ?n SERVICE FAR { SELECT ?s (MAX(?v) AS ?o) { ?s <urn:q> ?v } GROUP BY ?s } }", `<urn:a> "far a"|<urn:b> "far b"`},
		{"inner names stay inside", "SELECT ?n { ?s <urn:p> ?n SERVICE FAR { SELECT ?o { ?n <urn:q> ?o } } }",
			`"1"|"1"|"1"|"2"|"2"|"2"|"3"|"3"|"3"`},
		{"unbound here", "SELECT ?s ?o { VALUES (?s ?o) { (<urn:a> UNDEF) (UNDEF 'far z') (<urn:b> 'none') } SERVICE FAR { ?s <urn:q> ?o } }", `<urn:a> "far a"|<urn:z> "far z"`},
		{"triple terms", "SELECT ?k { <urn:a> <urn:t> ?t SERVICE FAR { ?k <urn:t> ?t } }", "<urn:k>"},
		{"blank nodes are not shared", "SELECT ?b { ?b <urn:blank> 1 SERVICE FAR { ?b <urn:blank> 1 } }", ""},
		{"nor between answers", "SELECT * { SERVICE FAR { ?b <urn:blank> 1 } SERVICE FAR { ?b <urn:blank> 2 } }", ""},
		{"no variables", "SELECT ?s { ?s <urn:p> 1 SERVICE FAR { <urn:a> <urn:q> 'far a' } }", "<urn:a>"},
		{"no rows", "SELECT ?s { ?s <urn:none> 1 SERVICE <urn:not-asked> { ?s ?p ?o } }", ""},
		{"silent and gone", "SELECT ?s ?o { ?s <urn:p> ?n SERVICE SILENT <http://127.0.0.1:1/> { ?s <urn:q> ?o } }", "<urn:a> UNDEF|<urn:b> UNDEF|<urn:c> UNDEF"},
		{"silent without an endpoint", "SELECT ?s { ?s <urn:p> 1 SERVICE SILENT ?e { ?s <urn:q> ?o } }", "<urn:a>"},
		{"silent for some", "SELECT ?s ?o { VALUES (?s ?e) { (<urn:a> FAR) (<urn:b> <http://127.0.0.1:1/>) (<urn:c> FAR) } SERVICE SILENT ?e { ?s <urn:q> ?o } }", `<urn:a> "far a"|<urn:b> UNDEF`},
		{"prefixes and bases", "BASE <urn:x> PREFIX u: <urn:> SELECT ?s { SERVICE FAR { ?s u:q 'far a', ?x ; u:q ?y FILTER(?s = u:a) } }", "<urn:a>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			query := strings.ReplaceAll(c.query, "FAR", far)
			got, err := rows(near, query, opt)
			if text := strings.Join(got, "|"); err != nil || text != c.want {
				t.Errorf("got %v %s\nwant %s\n%s", err, text, c.want, query)
			}
		})
	}
}

func TestServiceErrorsSayWhat(t *testing.T) {
	db, _ := start(t, serve.Options{})
	update(t, db, `INSERT DATA { <urn:a> <urn:p> "text" }`)
	say := func(status int, media, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			io.WriteString(w, body)
		}))
		t.Cleanup(s.Close)
		return s.URL + "/"
	}
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(slow.Close)
	t.Cleanup(func() { close(release) })
	all := graph.EndpointOptions{Timeout: 100 * time.Millisecond, Bytes: 1 << 10}
	const json = "application/sparql-results+json"
	for _, c := range []struct {
		name, query, want string
		opt               graph.EndpointOptions
	}{
		{"status", "SELECT * { SERVICE <" + say(500, "text/plain", "out of cheese\nstack") + "> { ?s ?p ?o } }", "500 Internal Server Error: out of cheese", all},
		{"not found", "SELECT * { SERVICE <" + say(404, "text/plain", "") + "> { ?s ?p ?o } }", "404 Not Found", all},
		{"page", "SELECT * { SERVICE <" + say(200, "text/html", "<html>") + "> { ?s ?p ?o } }", `got "text/html"`, all},
		{"no answer", "SELECT * { SERVICE <" + say(200, json, "{") + "> { ?s ?p ?o } }", "JSON results, byte 1", all},
		{"boolean", "SELECT * { SERVICE <" + say(200, json, `{"head":{},"boolean":true}`) + "> { ?s ?p ?o } }", "got a boolean", all},
		{"too long", "SELECT * { SERVICE <" + say(200, json, `{"head":{"vars":["s"]},"results":{"bindings":[`+strings.Repeat(" ", 2000)+`]}}`) + "> { ?s ?p ?o } }", "longer than the limit", all},
		{"too slow", "SELECT * { SERVICE <" + slow.URL + "/> { ?s ?p ?o } }", "no answer within 100ms", all},
		{"nobody there", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "refused", all},
		{"no address", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "expected an http or https address", all},
		{"not allowed", "SELECT * { SERVICE <http://a.example.evil/> { ?s ?p ?o } }", "not among the endpoints that may be asked: http://a.example",
			graph.EndpointOptions{Allow: []string{"http://a.example"}}},
		{"unbound", "SELECT * { ?s <urn:p> ?v SERVICE ?e { ?s ?p ?o } }", "SERVICE ?e: the endpoint has no value here", all},
		{"alone and unbound", "SELECT * { SERVICE ?e { ?s ?p ?o } }", "SERVICE ?e: the endpoint has no value here", all},
		{"literal", "SELECT * { ?s <urn:p> ?e SERVICE ?e { ?s ?p ?o } }", `expected the IRI of an endpoint, got "text"`, all},
	} {
		_, err := rows(db, c.query, graph.QueryOptions{Service: graph.Endpoints(c.opt)})
		if !errors.Is(err, graph.ErrService) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if _, err := rows(db, strings.Replace(c.query, "SERVICE", "SERVICE SILENT", 1), graph.QueryOptions{Service: graph.Endpoints(c.opt)}); err != nil {
			t.Errorf("%s, silent: %v", c.name, err)
		}
	}
	if _, err := rows(db, "SELECT * { SERVICE <http://a.example/> {} }", graph.QueryOptions{}); !errors.Is(err, graph.ErrService) {
		t.Errorf("without being allowed: %v", err)
	}
	_, err := rows(db, "SELECT * { SERVICE SILENT <"+slow.URL+"/> { ?s ?p ?o } }",
		graph.QueryOptions{Timeout: 50 * time.Millisecond, Service: graph.Endpoints(graph.EndpointOptions{})})
	if !errors.Is(err, graph.ErrLimit) {
		t.Errorf("SILENT swallowed the query's own limit: %v", err)
	}
}

func TestServiceSendsBindingsInFewRequests(t *testing.T) {
	far, _ := start(t, serve.Options{})
	near, _ := start(t, serve.Options{})
	var data strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&data, "<urn:%d> <urn:p> %d . ", i, i)
	}
	update(t, far, "INSERT DATA { "+data.String()+" }")
	update(t, near, "INSERT DATA { "+data.String()+" }")
	var requests atomic.Int64
	inner := serve.New(far, serve.Options{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		inner.ServeHTTP(w, r)
	}))
	defer s.Close()
	got, err := rows(near, "SELECT ?s ?o { ?s <urn:p> ?n FILTER(?n >= 100) SERVICE <"+s.URL+"/sparql> { ?s <urn:p> ?o } }",
		graph.QueryOptions{Service: graph.Endpoints(graph.EndpointOptions{})})
	if err != nil || len(got) != 1100 {
		t.Fatalf("got %d rows, %v", len(got), err)
	}
	if n := requests.Load(); n < 2 || n > 6 {
		t.Errorf("%d requests", n)
	}
}

func TestUpdatesMayAskOtherServers(t *testing.T) {
	near, _ := start(t, serve.Options{})
	far, s := start(t, serve.Options{})
	update(t, far, "INSERT DATA { _:x <urn:p> 1 }")
	opt := graph.UpdateOptions{Service: graph.Endpoints(graph.EndpointOptions{})}
	for range 2 { // blank nodes of two requests are two
		if err := near.Update(context.Background(), "INSERT { ?s <urn:p> ?o } WHERE { SERVICE <"+s.URL+"/sparql> { ?s <urn:p> ?o } }", opt); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := rows(near, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", graph.QueryOptions{}); err != nil || len(got) != 1 || !strings.HasPrefix(got[0], `"2"`) {
		t.Errorf("got %v %v", got, err)
	}
}
