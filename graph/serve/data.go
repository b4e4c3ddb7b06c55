package serve

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"sett/graph"
	"sett/graph/rdf"
	"sett/graph/rdfio"
)

// data is the SPARQL 1.1 Graph Store HTTP Protocol: the graph is named by the parameter graph or default, or is the address
// itself below /data/.
func (h *handler) data(a *answer, r *http.Request) error {
	name, made, err := target(r)
	if err != nil {
		return err
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return h.get(a, r, name)
	case http.MethodPut, http.MethodPost, http.MethodDelete:
	default:
		return notAllowed(a, "GET, HEAD, PUT, POST, DELETE")
	}
	if h.opt.ReadOnly {
		return graph.ErrReadOnly
	}
	if made && r.Method == http.MethodPost {
		g := address(r) + "/" + h.fresh()
		name = rdf.NewIRI(g)
		a.w.Header().Set("Location", g)
	} else if made {
		return fail(http.StatusBadRequest, "expected ?default or ?graph=IRI")
	}
	there, err := h.exists(r.Context(), name)
	if err != nil {
		return err
	}
	if r.Method == http.MethodDelete {
		if !there && !name.IsZero() {
			return fail(http.StatusNotFound, "no graph %s", name)
		}
		return h.remove(a, r, name)
	}
	if err := h.put(r, name, r.Method == http.MethodPut); err != nil {
		return err
	}
	if there || name.IsZero() {
		a.w.WriteHeader(http.StatusNoContent)
	} else {
		a.w.WriteHeader(http.StatusCreated)
	}
	return nil
}

// target returns the graph of a request, the zero Term for the default graph; made if the request is to the store itself.
func target(r *http.Request) (name rdf.Term, made bool, err error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return name, false, fail(http.StatusBadRequest, "the address: %v", err)
	}
	graphs, isDefault := params["graph"], params.Has("default")
	switch {
	case len(graphs) == 1 && !isDefault:
		name, err = graphName(graphs[0])
		return name, false, err
	case len(graphs) > 0:
		return name, false, fail(http.StatusBadRequest, "expected one of ?default and ?graph=IRI")
	case isDefault:
		return name, false, nil
	case r.URL.Path == "/data" || r.URL.Path == "/data/":
		return name, true, nil
	}
	return rdf.NewIRI(address(r)), false, nil
}

// fresh returns a label that no other document has.
func (h *handler) fresh() string { return h.label + "n" + strconv.FormatInt(h.number.Add(1), 36) }

// exists reports whether a graph has a quad: empty ones are not recorded.
func (h *handler) exists(ctx context.Context, name rdf.Term) (bool, error) {
	for _, err := range h.db.Quads(ctx, &name) {
		return err == nil, err
	}
	return false, nil
}

// get is §5.2: a graph in the format that the client prefers. To the store itself it is everything.
func (h *handler) get(a *answer, r *http.Request, name rdf.Term) error {
	_, all, _ := target(r)
	offers := graphs()
	if all {
		offers = datasets()
	}
	o, err := negotiate(r, offers)
	if err != nil {
		return err
	}
	if !all && !name.IsZero() {
		if there, err := h.exists(r.Context(), name); err != nil {
			return err
		} else if !there {
			return fail(http.StatusNotFound, "no graph %s", name)
		}
	}
	a.w.Header().Set("Content-Type", o.header)
	a.w.Header().Set("Vary", "Accept")
	w, err := rdfio.NewWriter(a, o.graph, rdfio.WriterOptions{Prefixes: h.opt.Query.Prefixes})
	if err != nil {
		return err
	}
	which := &name
	if all {
		which = nil
	}
	for q, err := range h.db.Quads(r.Context(), which) {
		if !all {
			q.G = rdf.Term{}
		}
		if err == nil {
			err = w.Write(q)
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// put is §5.3 and §5.5: documents are added to a graph, or replace it, all of them or none.
func (h *handler) put(r *http.Request, name rdf.Term, replace bool) error {
	ctx := r.Context()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = r.Header.Get("Content-Type")
	}
	base := name.Value()
	if name.IsZero() {
		base = address(r)
	}
	src := &documents{base: base, h: h}
	if kind == "multipart/form-data" {
		src.parts = multipart.NewReader(r.Body, params["boundary"])
	} else if err := src.open(kind, r.Body); err != nil {
		return err
	}
	stats, err := h.db.Load(ctx, src, graph.LoadOptions{Graph: name, Replace: replace, Memory: h.opt.Query.Memory})
	if err == nil && replace && stats.Quads == 0 {
		err = h.clear(ctx, name)
	}
	return err
}

// documents reads the documents of a request one after the other.
type documents struct {
	h     *handler
	base  string
	parts *multipart.Reader // nil: there is one document
	in    rdfio.Reader
}

func (d *documents) open(kind string, in io.Reader) error {
	f, ok := rdfio.FormatByMediaType(kind)
	if !ok {
		var names []string
		for _, f := range rdfio.Formats() {
			names = append(names, f.MediaTypes[0])
		}
		return fail(http.StatusUnsupportedMediaType, "expected a document of one of the types %q, got %q", names, kind)
	}
	var err error
	d.in, err = rdfio.NewReader(in, f, rdfio.ReaderOptions{Base: d.base, BlankPrefix: "d" + d.h.fresh()})
	return err
}

// Read is graph.Source.
func (d *documents) Read(batch []rdf.Quad) (int, error) {
	for {
		if d.in == nil {
			part, err := d.parts.NextPart()
			if err != nil {
				return 0, partError(err)
			}
			kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
			if err != nil {
				kind = "text/turtle" // a field of a form without a type
			}
			if err := d.open(kind, part); err != nil {
				return 0, err
			}
		}
		n, err := d.in.Read(batch)
		if err == io.EOF && d.parts != nil {
			d.in = nil
			continue
		}
		for i := range batch[:n] {
			if !batch[i].G.IsZero() {
				return 0, fail(http.StatusBadRequest, "the document of one graph names another: %s", batch[i].G)
			}
		}
		return n, err
	}
}

func partError(err error) error {
	if err == io.EOF {
		return err
	}
	return fail(http.StatusBadRequest, "the parts: %v", err)
}

// remove is §5.4.
func (h *handler) remove(a *answer, r *http.Request, name rdf.Term) error {
	if err := h.clear(r.Context(), name); err != nil {
		return err
	}
	a.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (h *handler) clear(ctx context.Context, name rdf.Term) error {
	text := "CLEAR SILENT DEFAULT"
	if !name.IsZero() {
		text = "CLEAR SILENT GRAPH " + name.String()
	}
	return h.db.Update(ctx, text)
}
