package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"sett/graph"
	"sett/graph/rdfio"
	"sett/graph/sparql"
)

// Options says what may be asked. The zero value allows queries and updates without limits.
type Options struct {
	ReadOnly bool                                                                       // updates and writes of graphs are refused
	Query    graph.QueryOptions                                                         // limits, prefixes and default graph of every query, and of the WHERE of updates
	Fetch    func(ctx context.Context, iri string) (io.ReadCloser, rdfio.Format, error) // what LOAD opens; nil: LOAD is refused
}

// maxText is how long a query or an update request may be, in bytes.
const maxText = 64 << 20

// handler serves one database.
type handler struct {
	db     *graph.DB
	opt    Options
	label  string // part of the labels of blank nodes that documents bring
	number atomic.Int64
}

// New returns what serves a database. It is safe for concurrent use; the database must stay open.
func New(db *graph.DB, opt Options) http.Handler {
	h := &handler{db: db, opt: opt, label: strconv.FormatInt(time.Now().UnixNano(), 36)}
	mux := http.NewServeMux()
	mux.Handle("/sparql", h.wrap(h.sparql))
	mux.Handle("/sparql/{$}", h.wrap(h.sparql))
	mux.Handle("/data", h.wrap(h.data))
	mux.Handle("/data/", h.wrap(h.data))
	mux.Handle("/explain", h.wrap(h.explain))
	mux.Handle("/{$}", h.wrap(h.page))
	return mux
}

// failure is an error with its status.
type failure struct {
	status int
	err    error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func fail(status int, format string, args ...any) error {
	return &failure{status, fmt.Errorf(format, args...)}
}

// statusOf is the one place where errors become statuses.
func statusOf(err error) int {
	var failed *failure
	var syntax *sparql.SyntaxError
	var document *rdfio.SyntaxError
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &failed):
		return failed.status
	case errors.As(err, &syntax), errors.As(err, &document), errors.Is(err, graph.ErrDataset), errors.Is(err, graph.ErrLoad),
		errors.Is(err, graph.ErrGraph), errors.Is(err, graph.ErrCreated), errors.Is(err, graph.ErrLanguage):
		return http.StatusBadRequest
	case errors.As(err, &tooLong):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, rdfio.ErrUnwritable):
		return http.StatusNotAcceptable
	case errors.Is(err, graph.ErrReadOnly):
		return http.StatusForbidden
	case errors.Is(err, graph.ErrService):
		return http.StatusBadGateway
	case errors.Is(err, graph.ErrLimit):
		return http.StatusServiceUnavailable
	case errors.Is(err, graph.ErrFull):
		return http.StatusInsufficientStorage
	}
	return http.StatusInternalServerError
}

// wrap turns what a part of the handler returns into an answer.
func (h *handler) wrap(serve func(*answer, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{w: w, head: r.Method == http.MethodHead}
		err := foreign(r)
		if err == nil {
			err = serve(a, r)
		}
		if err == nil {
			err = a.finish()
		}
		switch {
		case err == nil || r.Context().Err() != nil:
		case a.sent:
			panic(http.ErrAbortHandler) // the client sees that the answer is not whole
		default:
			text := err.Error()
			var document *rdfio.SyntaxError
			if errors.As(err, &document) && document.Caret() != "" {
				text += "\n" + document.Caret()
			}
			w.Header().Del("Content-Disposition")
			http.Error(w, text, statusOf(err))
		}
	})
}

// foreign refuses what pages of other sites make a browser send: writing requests, and any request where a name of theirs was
// pointed at this machine.
func foreign(r *http.Request) error {
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr); ok && local.IP.IsLoopback() {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		if !strings.EqualFold(host, "localhost") && (ip == nil || !ip.IsLoopback()) {
			return fail(http.StatusForbidden, "the host %q is not this machine", r.Host)
		}
	}
	if origin := r.Header.Get("Origin"); origin != "" && r.Method != http.MethodGet && r.Method != http.MethodHead {
		if u, err := url.Parse(origin); err != nil || !strings.EqualFold(u.Host, r.Host) {
			return fail(http.StatusForbidden, "requests from pages of %s are not allowed", origin)
		}
	}
	return nil
}

// notAllowed is for a method that a path does not have.
func notAllowed(a *answer, methods string) error {
	a.w.Header().Set("Allow", methods)
	return fail(http.StatusMethodNotAllowed, "expected one of the methods %s", methods)
}

// answer holds the beginning of a body back, so that an error there still gets its status.
type answer struct {
	w    http.ResponseWriter
	b    []byte
	head bool // there is no body
	sent bool
}

// held is how much of a body is held back, in bytes.
const held = 64 << 10

func (a *answer) Write(p []byte) (int, error) {
	if a.b = append(a.b, p...); len(a.b) < held {
		return len(p), nil
	}
	return len(p), a.flush()
}

func (a *answer) flush() error {
	a.sent = true
	_, err := a.w.Write(a.b)
	a.b = a.b[:0]
	return err
}

func (a *answer) finish() error {
	if len(a.b) == 0 {
		return nil
	}
	if !a.sent {
		a.w.Header().Set("Content-Length", strconv.Itoa(len(a.b)))
	}
	return a.flush()
}
