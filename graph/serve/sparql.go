package serve

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/graph/results"
)

const (
	formType   = "application/x-www-form-urlencoded"
	queryType  = "application/sparql-query"
	updateType = "application/sparql-update"
)

// operation is a query or an update as the protocol brings it.
type operation struct {
	text          string
	update        bool
	graphs, named []rdf.Term // its dataset, if the request names one
}

// sparql is the SPARQL 1.1 Protocol.
func (h *handler) sparql(a *answer, r *http.Request) error {
	op, err := readOperation(a, r)
	if err != nil {
		return err
	}
	switch {
	case op == nil:
		return h.description(a, r)
	case op.update:
		return h.update(a, r, op)
	}
	return h.query(a, r, op)
}

// readOperation takes a request apart (SPARQL 1.1 Protocol §2.1 and §2.2); nil if it asks for nothing.
func readOperation(a *answer, r *http.Request) (*operation, error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fail(http.StatusBadRequest, "the address: %v", err)
	}
	op := &operation{}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		if params.Has("update") {
			return nil, fail(http.StatusBadRequest, "updates must be sent by POST")
		}
		if len(params) == 0 {
			return nil, nil
		}
	case http.MethodPost:
		kind, media, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil {
			kind = r.Header.Get("Content-Type")
		}
		if c := media["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
			return nil, fail(http.StatusUnsupportedMediaType, "expected UTF-8, got %s", c)
		}
		body, err := io.ReadAll(http.MaxBytesReader(a.w, r.Body, maxText))
		if err != nil {
			return nil, err
		}
		switch kind {
		case formType:
			form, err := url.ParseQuery(string(body))
			if err != nil {
				return nil, fail(http.StatusBadRequest, "the form: %v", err)
			}
			for name, values := range form {
				params[name] = append(params[name], values...)
			}
		case queryType, updateType:
			name := "query"
			if kind == updateType {
				name = "update"
			}
			params[name] = append(params[name], string(body))
		default:
			return nil, fail(http.StatusUnsupportedMediaType, "expected a body of type %s, %s or %s, got %q", formType, queryType, updateType, kind)
		}
	default:
		return nil, notAllowed(a, "GET, HEAD, POST")
	}
	queries, updates := params["query"], params["update"]
	if len(queries)+len(updates) != 1 {
		return nil, fail(http.StatusBadRequest, "expected one query or one update, got %d queries and %d updates", len(queries), len(updates))
	}
	graphs, named, others := "default-graph-uri", "named-graph-uri", []string{"using-graph-uri", "using-named-graph-uri"}
	op.text = params.Get("query")
	if len(updates) == 1 {
		op.update, op.text = true, updates[0]
		graphs, named, others = others[0], others[1], []string{graphs, named}
	}
	for _, name := range others {
		if params.Has(name) {
			return nil, fail(http.StatusBadRequest, "%s: expected %s or %s here", name, graphs, named)
		}
	}
	if !utf8.ValidString(op.text) {
		return nil, fail(http.StatusBadRequest, "expected UTF-8")
	}
	if op.graphs, err = iris(params[graphs]); err == nil {
		op.named, err = iris(params[named])
	}
	return op, err
}

func iris(values []string) ([]rdf.Term, error) {
	var out []rdf.Term
	for _, v := range values {
		t, err := graphName(v)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// graphName returns the term of an absolute IRI.
func graphName(iri string) (rdf.Term, error) {
	u, err := url.Parse(iri)
	if err != nil || !u.IsAbs() || strings.ContainsAny(iri, "<>\"{}|^`\\ ") || !utf8.ValidString(iri) {
		return rdf.Term{}, fail(http.StatusBadRequest, "expected an absolute IRI, got %q", iri)
	}
	return rdf.NewIRI(iri), nil
}

// query answers a query in the format that the client prefers.
func (h *handler) query(a *answer, r *http.Request, op *operation) error {
	opt := h.opt.Query
	if len(op.graphs)+len(op.named) > 0 {
		opt.From, opt.FromNamed = op.graphs, op.named
	}
	if opt.Base == "" {
		opt.Base = address(r)
	}
	res, err := h.db.Query(r.Context(), op.text, opt)
	if err != nil {
		return err
	}
	defer res.Close()
	offers := tables()
	if res.Form == graph.Construct || res.Form == graph.Describe {
		offers = append(graphs(), offer{media: "image/svg+xml", picture: true, header: "image/svg+xml"})
	}
	o, err := negotiate(r, offers)
	if err != nil {
		return err
	}
	a.w.Header().Set("Content-Type", o.header)
	a.w.Header().Set("Vary", "Accept")
	if o.picture {
		return h.draw(r.Context(), a, opt, res)
	}
	if o.graph.Name != "" {
		return writeGraph(a, o.graph, opt.Prefixes, res)
	}
	return writeTable(a, o.table, res)
}

func writeTable(a *answer, f results.Format, res *graph.Result) error {
	w, err := results.NewWriter(a, f, res.Vars, results.Options{})
	if err != nil {
		return err
	}
	if res.Form == graph.Ask {
		if err := w.Boolean(res.Bool); err != nil {
			return err
		}
		return w.Close()
	}
	for row, err := range res.All() {
		if err == nil {
			err = w.Row(row.Terms())
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

func writeGraph(a *answer, f rdfio.Format, prefixes *rdf.Prefixes, res *graph.Result) error {
	w, err := rdfio.NewWriter(a, f, rdfio.WriterOptions{Prefixes: prefixes})
	if err != nil {
		return err
	}
	for q, err := range res.Quads() {
		if err == nil {
			err = w.Write(q)
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// update carries an update request out. When the answer comes, it is on disk.
func (h *handler) update(a *answer, r *http.Request, op *operation) error {
	if h.opt.ReadOnly {
		return graph.ErrReadOnly
	}
	q := h.opt.Query
	opt := graph.UpdateOptions{Base: q.Base, Prefixes: q.Prefixes, DefaultGraph: q.DefaultGraph, Using: op.graphs, UsingNamed: op.named,
		Timeout: q.Timeout, Memory: q.Memory, Threads: q.Threads, Service: q.Service, Fetch: h.opt.Fetch}
	if opt.Base == "" {
		opt.Base = address(r)
	}
	if err := h.db.Update(r.Context(), op.text, opt); err != nil {
		return err
	}
	a.w.WriteHeader(http.StatusNoContent)
	return nil
}

// address is the IRI that a request was sent to, without parameters.
func address(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + r.URL.EscapedPath()
}
