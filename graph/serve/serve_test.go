package serve_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/serve"
)

// start serves an empty database in memory.
func start(t *testing.T, opt serve.Options) (*graph.DB, *httptest.Server) {
	t.Helper()
	db, err := graph.Open(filepath.Join(t.TempDir(), "db"), graph.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(serve.New(db, opt))
	t.Cleanup(func() {
		s.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db, s
}

func update(t *testing.T, db *graph.DB, text string) {
	t.Helper()
	if err := db.Update(context.Background(), text); err != nil {
		t.Fatal(err)
	}
}

// send sends a request and returns status, media type and body.
func send(t *testing.T, method, address, body string, headers ...string) (int, string, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	return resp.StatusCode, kind, string(b)
}

func TestRequestsGetTheirStatusAndMediaType(t *testing.T) {
	db, s := start(t, serve.Options{})
	update(t, db, `INSERT DATA { <urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> 2 } GRAPH <urn:h> { <urn:a> <urn:p> 3 } }`)
	const form, query, upd = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
	all := url.QueryEscape("SELECT ?o { ?s ?p ?o } ORDER BY ?o")
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		media, contains          string
	}{
		{"get", "GET", "/sparql?query=" + all, "", nil, 200, "application/sparql-results+json", `"3"`},
		{"slash", "GET", "/sparql/?query=" + all, "", nil, 200, "application/sparql-results+json", `"3"`},
		{"csv", "GET", "/sparql?query=" + all, "", []string{"Accept", "text/csv"}, 200, "text/csv", "1\r\n2\r\n3\r\n"},
		{"xml before json", "GET", "/sparql?query=" + all, "", []string{"Accept", "application/sparql-results+json;q=0.3, application/sparql-results+xml"}, 200, "application/sparql-results+xml", "<sparql"},
		{"anything", "GET", "/sparql?query=" + all, "", []string{"Accept", "*/*"}, 200, "application/sparql-results+json", ""},
		{"excluded", "GET", "/sparql?query=" + all, "", []string{"Accept", "text/csv;q=0, text/*"}, 200, "text/xml", ""},
		{"no such format", "GET", "/sparql?query=" + all, "", []string{"Accept", "image/png"}, 406, "text/plain", "there is application/sparql-results+json"},
		{"form", "POST", "/sparql", "query=" + all, []string{"Content-Type", form}, 200, "application/sparql-results+json", `"2"`},
		{"direct", "POST", "/sparql", "ASK {}", []string{"Content-Type", query}, 200, "application/sparql-results+json", "true"},
		{"direct with charset", "POST", "/sparql", "ASK {}", []string{"Content-Type", query + "; charset=UTF-8"}, 200, "application/sparql-results+json", "true"},
		{"other charset", "POST", "/sparql", "ASK {}", []string{"Content-Type", query + "; charset=UTF-16"}, 415, "text/plain", "UTF-8"},
		{"no type", "POST", "/sparql", "ASK {}", nil, 415, "text/plain", "application/sparql-query"},
		{"default graph", "GET", "/sparql?default-graph-uri=urn:g&query=" + all, "", []string{"Accept", "text/csv"}, 200, "text/csv", "o\r\n2\r\n"},
		{"two default graphs in two places", "POST", "/sparql?default-graph-uri=urn:g", "default-graph-uri=urn:h&query=" + all,
			[]string{"Accept", "text/csv", "Content-Type", form}, 200, "text/csv", "o\r\n2\r\n3\r\n"},
		{"named graph", "GET", "/sparql?named-graph-uri=urn:g&query=" + url.QueryEscape("SELECT ?g { GRAPH ?g { ?s ?p ?o } }"), "",
			[]string{"Accept", "text/csv"}, 200, "text/csv", "g\r\nurn:g\r\n"},
		{"the request's dataset wins", "GET", "/sparql?default-graph-uri=urn:g&query=" + url.QueryEscape("SELECT ?o FROM <urn:h> { ?s ?p ?o }"), "",
			[]string{"Accept", "text/csv"}, 200, "text/csv", "o\r\n2\r\n"},
		{"relative graph", "GET", "/sparql?default-graph-uri=g&query=" + all, "", nil, 400, "text/plain", "absolute IRI"},
		{"construct", "GET", "/sparql?query=" + url.QueryEscape("CONSTRUCT WHERE { ?s ?p 1 }"), "", nil, 200, "text/turtle", "<urn:a>"},
		{"construct as JSON-LD", "GET", "/sparql?query=" + url.QueryEscape("CONSTRUCT WHERE { ?s ?p 1 }"), "", []string{"Accept", "application/ld+json"}, 200, "application/ld+json", "urn:a"},
		{"construct as a picture", "GET", "/sparql?query=" + url.QueryEscape("CONSTRUCT WHERE { ?s ?p 1 }"), "", []string{"Accept", "image/svg+xml"}, 200, "image/svg+xml", "<svg"},
		{"rows are no picture", "GET", "/sparql?query=" + all, "", []string{"Accept", "image/svg+xml"}, 406, "text/plain", "there is"},
		{"syntax", "GET", "/sparql?query=" + url.QueryEscape("SELECT * {\n ?s ?p }"), "", nil, 400, "text/plain", "line 2, column 8"},
		{"caret", "GET", "/sparql?query=" + url.QueryEscape("SELEC * {}"), "", nil, 400, "text/plain", "^\ndid you mean SELECT?"},
		{"nothing but parameters", "GET", "/sparql?default-graph-uri=urn:g", "", nil, 400, "text/plain", "one query"},
		{"two queries", "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", nil, 400, "text/plain", "2 queries"},
		{"query and update", "POST", "/sparql", "query=ASK%7B%7D&update=DROP+ALL", []string{"Content-Type", form}, 400, "text/plain", "1 queries and 1 updates"},
		{"update by GET", "GET", "/sparql?update=DROP+ALL", "", nil, 400, "text/plain", "POST"},
		{"method", "PUT", "/sparql?query=ASK%7B%7D", "", nil, 405, "text/plain", "GET, HEAD, POST"},
		{"not UTF-8", "POST", "/sparql", "ASK { <urn:\xff> ?p ?o }", []string{"Content-Type", query}, 400, "text/plain", "UTF-8"},
		{"LOAD", "POST", "/sparql", "LOAD <file:///etc/passwd>", []string{"Content-Type", upd}, 400, "text/plain", "allows no LOAD"},
		{"SERVICE", "GET", "/sparql?query=" + url.QueryEscape("SELECT * { SERVICE <http://localhost:1/> {} }"), "", nil, 502, "text/plain", "not asked unless that is allowed"},
		{"dataset twice", "POST", "/sparql?using-graph-uri=urn:g", "DELETE { ?s ?p ?o } USING <urn:h> WHERE { ?s ?p ?o }", []string{"Content-Type", upd}, 400, "text/plain", "USING"},
		{"query's dataset for an update", "POST", "/sparql?default-graph-uri=urn:g", "DROP ALL", []string{"Content-Type", upd}, 400, "text/plain", "using-graph-uri"},
		{"foreign page", "POST", "/sparql", "update=DROP+ALL", []string{"Content-Type", form, "Origin", "https://evil.example"}, 403, "text/plain", "evil.example"},
		{"foreign name", "GET", "/sparql?query=" + all, "", []string{"Host", "evil.example"}, 403, "text/plain", "not this machine"},
		{"page", "GET", "/", "", nil, 200, "text/html", "<textarea"},
		{"explain", "GET", "/explain?query=" + all, "", nil, 200, "text/plain", "Scan"},
		{"description", "GET", "/sparql", "", nil, 200, "text/turtle", "sd:Service"},
		{"elsewhere", "GET", "/none", "", nil, 404, "text/plain", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, media, body := send(t, c.method, s.URL+c.path, c.body, c.headers...)
			if status != c.status || media != c.media || !strings.Contains(body, c.contains) {
				t.Errorf("got %d %s %q\nwant %d %s with %q", status, media, body, c.status, c.media, c.contains)
			}
		})
	}
	if _, _, body := send(t, "GET", s.URL+"/sparql?query="+all, "", "Accept", "text/csv"); body != "o\r\n1\r\n2\r\n3\r\n" {
		t.Errorf("refused requests changed the data: %q", body)
	}
}

func TestThePageKnowsThePrefixes(t *testing.T) {
	p := rdf.NewPrefixes("ex", "urn:ex:</script>")
	_, s := start(t, serve.Options{Query: graph.QueryOptions{Prefixes: p}})
	_, _, body := send(t, "GET", s.URL+"/", "")
	if want := `{"ex":"urn:ex:\u003c/script\u003e"}</script>`; !strings.Contains(body, want) {
		t.Errorf("no %s in %s", want, body)
	}
}

func TestAPictureNamesItsNodes(t *testing.T) {
	db, s := start(t, serve.Options{})
	update(t, db, `INSERT DATA { <urn:a> <urn:p> <urn:b> . <urn:b> <http://www.w3.org/2000/01/rdf-schema#label> "The Other End" }`)
	_, _, body := send(t, "GET", s.URL+"/sparql?query="+url.QueryEscape("CONSTRUCT WHERE { ?s <urn:p> ?o }"), "", "Accept", "image/svg+xml")
	if !strings.Contains(body, "The Other End") {
		t.Errorf("the label is not drawn: %s", body)
	}
}

func TestUpdatesAreThereWhenTheyAreAnswered(t *testing.T) {
	_, s := start(t, serve.Options{})
	for _, u := range []struct{ query, body, media string }{
		{"", "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } GRAPH <urn:h> { <urn:a> <urn:p> 2 } }", "application/sparql-update"},
		{"", "update=" + url.QueryEscape("INSERT DATA { <r> <urn:p> 4 }"), "application/x-www-form-urlencoded"},
		{"?using-graph-uri=urn:g", "INSERT { ?s <urn:p> 3 } WHERE { ?s <urn:p> 1 }", "application/sparql-update"},
		{"?using-graph-uri=urn:g", "INSERT { ?s <urn:p> 5 } WHERE { ?s <urn:p> 2 }", "application/sparql-update"},
	} {
		if status, _, body := send(t, "POST", s.URL+"/sparql"+u.query, u.body, "Content-Type", u.media); status != 204 {
			t.Fatalf("got %d %s for %s", status, body, u.body)
		}
	}
	_, _, got := send(t, "GET", s.URL+"/sparql?query="+url.QueryEscape("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"), "", "Accept", "text/csv")
	want := "s,o\r\nurn:a,1\r\nurn:a,2\r\nurn:a,3\r\n" + s.URL + "/r,4\r\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadOnlyRefusesToWrite(t *testing.T) {
	_, s := start(t, serve.Options{ReadOnly: true})
	for _, c := range [][3]string{{"POST", "/sparql", "application/sparql-update"}, {"PUT", "/data?default", "text/turtle"}, {"DELETE", "/data?default", ""}} {
		if status, _, body := send(t, c[0], s.URL+c[1], "DROP ALL", "Content-Type", c[2]); status != 403 {
			t.Errorf("%s %s: got %d %s", c[0], c[1], status, body)
		}
	}
}

func TestLimitsAreServiceUnavailable(t *testing.T) {
	db, s := start(t, serve.Options{Query: graph.QueryOptions{Timeout: time.Nanosecond}})
	update(t, db, "INSERT DATA { <urn:a> <urn:p> 1 }")
	if status, _, body := send(t, "GET", s.URL+"/sparql?query="+url.QueryEscape("SELECT * { ?s ?p ?o }"), ""); status != 503 || !strings.Contains(body, "1ns") {
		t.Errorf("got %d %s", status, body)
	}
}

func TestAnAnswerThatFailsLateIsCutOff(t *testing.T) {
	db, s := start(t, serve.Options{Query: graph.QueryOptions{Memory: 40 << 20}})
	update(t, db, "INSERT DATA { <urn:a> <urn:p> 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }")
	// The first branch is long enough to be sent; the second needs more memory than there is.
	q := `SELECT ?v { { SELECT (CONCAT(STR(?a), STR(?b), STR(?c), STR(?d)) AS ?v) { ?s ?p ?a, ?b, ?c, ?d } }
		UNION { SELECT DISTINCT (CONCAT(STR(?a), ",", STR(?b), ",", STR(?c), ",", STR(?d), ",", STR(?e), ",", STR(?f)) AS ?v) { ?s ?p ?a, ?b, ?c, ?d, ?e, ?f } } }`
	resp, err := http.Get(s.URL + "/sparql?query=" + url.QueryEscape(q))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err = io.ReadAll(resp.Body); resp.StatusCode != 200 || err == nil {
		t.Errorf("got %d and %v, want a body that breaks off", resp.StatusCode, err)
	}
}

func TestGraphStoreProtocol(t *testing.T) {
	_, s := start(t, serve.Options{})
	const doc = "<x> <urn:p> _:b . _:b <urn:q> 1 ."
	for _, c := range []struct {
		name, method, path, body, media string
		status                          int
		contains                        string
	}{
		{"missing", "GET", "/data?graph=urn:g", "", "", 404, "no graph <urn:g>"},
		{"put new", "PUT", "/data?graph=urn:g", doc, "text/turtle", 201, ""},
		{"get", "GET", "/data?graph=urn:g", "", "", 200, "<urn:p>"},
		{"put again", "PUT", "/data?graph=urn:g", "<urn:a> <urn:p> 7 .", "text/turtle", 204, ""},
		{"replaced", "GET", "/data?graph=urn:g", "", "", 200, "<urn:a> <urn:p> 7"},
		{"post", "POST", "/data?graph=urn:g", "<urn:a> <urn:p> 8 .", "text/turtle; charset=utf-8", 204, ""},
		{"added", "GET", "/data?graph=urn:g", "", "", 200, "7, 8"},
		{"bad document", "PUT", "/data?graph=urn:g", "<urn:a> <urn:p> 9 .\n<urn:b>", "text/turtle", 400, "2:8"},
		{"nothing of it stays", "GET", "/data?graph=urn:g", "", "", 200, "7, 8"},
		{"unknown format", "PUT", "/data?graph=urn:g", "x", "image/png", 415, "text/turtle"},
		{"another graph inside", "PUT", "/data?graph=urn:g", "<urn:h> { <urn:a> <urn:p> 9 }", "application/trig", 400, "urn:h"},
		{"both", "GET", "/data?graph=urn:g&default", "", "", 400, "one of"},
		{"empty", "PUT", "/data?graph=urn:g", "", "text/turtle", 204, ""},
		{"emptied", "GET", "/data?graph=urn:g", "", "", 404, ""},
		{"default", "PUT", "/data?default", "<urn:a> <urn:p> 1 .", "text/turtle", 204, ""},
		{"default again", "GET", "/data?default", "", "", 200, "<urn:a> <urn:p> 1"},
		{"default gone", "DELETE", "/data?default", "", "", 204, ""},
		{"default is always there", "GET", "/data?default", "", "", 200, ""},
		{"direct", "PUT", "/data/people/1.ttl", "<1> <urn:p> 1 .", "text/turtle", 201, ""},
		{"direct again", "GET", "/data/people/1.ttl", "", "", 200, "/data/people/1> <urn:p> 1"},
		{"direct delete", "DELETE", "/data/people/1.ttl", "", "", 204, ""},
		{"direct gone", "DELETE", "/data/people/1.ttl", "", "", 404, ""},
		{"new graph", "POST", "/data", "<urn:a> <urn:p> 1 .", "text/turtle", 201, ""},
		{"put to the store", "PUT", "/data", "<urn:a> <urn:p> 1 .", "text/turtle", 400, "graph=IRI"},
		{"everything", "GET", "/data", "", "", 200, "/data/"},
		{"a claim", "POST", "/data?graph=urn:c", "<urn:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:a> <urn:p> 1 )>> .", "text/turtle", 201, ""},
		{"everything with a claim", "GET", "/data", "", "", 200, "<<( <urn:a> <urn:p> "},
		{"form", "POST", "/data?graph=urn:m", "--x\r\nContent-Disposition: form-data; name=a; filename=a.ttl\r\nContent-Type: text/turtle\r\n\r\n<urn:a> <urn:p> 1 .\r\n" +
			"--x\r\nContent-Disposition: form-data; name=b; filename=b.nt\r\nContent-Type: application/n-triples\r\n\r\n<urn:b> <urn:p> <urn:c> .\r\n--x--\r\n", "multipart/form-data; boundary=x", 201, ""},
		{"form came", "GET", "/data?graph=urn:m", "", "", 200, "<urn:b> <urn:p> <urn:c>"},
		{"method", "PATCH", "/data?default", "", "", 405, "PUT"},
		{"head", "HEAD", "/data?graph=urn:m", "", "", 200, ""},
		{"head of none", "HEAD", "/data?graph=urn:none", "", "", 404, ""},
	} {
		status, _, body := send(t, c.method, s.URL+c.path, c.body, "Content-Type", c.media)
		if status != c.status || !strings.Contains(body, c.contains) {
			t.Errorf("%s: got %d %q, want %d with %q", c.name, status, body, c.status, c.contains)
		}
	}
}
