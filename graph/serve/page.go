package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/http"

	"sett/graph/rdf"
	"sett/graph/rdfio"
)

//go:embed page.html
var pageText []byte

// page is where people type queries.
func (h *handler) page(a *answer, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return notAllowed(a, "GET, HEAD")
	}
	a.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	a.w.Header().Set("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; img-src 'self' blob:")
	prefixes := make(map[string]string)
	for prefix, space := range h.opt.Query.Prefixes.All() {
		prefixes[prefix] = space
	}
	data, err := json.Marshal(prefixes) // which escapes what could end the element
	if err != nil {
		return err
	}
	_, err = a.Write(bytes.Replace(pageText, []byte(`id="prefixes">{}<`), []byte(`id="prefixes">`+string(data)+`<`), 1))
	return err
}

// explain returns a query's plan as text.
func (h *handler) explain(a *answer, r *http.Request) error {
	if r.Method == http.MethodGet && !r.URL.Query().Has("query") {
		return fail(http.StatusBadRequest, "expected ?query=TEXT")
	}
	op, err := readOperation(a, r)
	if err != nil {
		return err
	}
	if op.update {
		return fail(http.StatusBadRequest, "expected a query, got an update")
	}
	opt := h.opt.Query
	opt.From, opt.FromNamed, opt.Base = op.graphs, op.named, address(r)
	plan, err := h.db.Explain(r.Context(), op.text, opt)
	if err != nil {
		return err
	}
	a.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = a.Write([]byte(plan))
	return err
}

// description is the SPARQL 1.1 Service Description of the endpoint.
func (h *handler) description(a *answer, r *http.Request) error {
	const sd = "http://www.w3.org/ns/sparql-service-description#"
	o, err := negotiate(r, graphs())
	if err != nil {
		return err
	}
	a.w.Header().Set("Content-Type", o.header)
	a.w.Header().Set("Vary", "Accept")
	w, err := rdfio.NewWriter(a, o.graph, rdfio.WriterOptions{Prefixes: rdf.NewPrefixes("sd", sd, "format", "http://www.w3.org/ns/formats/")})
	if err != nil {
		return err
	}
	it := rdf.NewBlank("service")
	set, one := rdf.NewBlank("dataset"), rdf.NewBlank("graph")
	say := func(s rdf.Term, p string, o rdf.Term) {
		if err == nil {
			err = w.Write(rdf.Quad{S: s, P: rdf.NewIRI(p), O: o})
		}
	}
	say(it, rdf.RDFType, rdf.NewIRI(sd+"Service"))
	say(it, sd+"endpoint", rdf.NewIRI(address(r)))
	say(it, sd+"supportedLanguage", rdf.NewIRI(sd+"SPARQL11Query"))
	if !h.opt.ReadOnly {
		say(it, sd+"supportedLanguage", rdf.NewIRI(sd+"SPARQL11Update"))
	}
	if h.opt.Query.Service != nil {
		say(it, sd+"feature", rdf.NewIRI(sd+"BasicFederatedQuery"))
	}
	if h.opt.Query.DefaultGraph == 0 {
		say(it, sd+"feature", rdf.NewIRI(sd+"UnionDefaultGraph"))
	}
	for _, f := range []string{"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD"} {
		say(it, sd+"resultFormat", rdf.NewIRI("http://www.w3.org/ns/formats/"+f))
	}
	say(it, sd+"defaultDataset", set)
	say(set, rdf.RDFType, rdf.NewIRI(sd+"Dataset"))
	say(set, sd+"defaultGraph", one)
	say(one, rdf.RDFType, rdf.NewIRI(sd+"Graph"))
	if err != nil {
		return err
	}
	return w.Close()
}
