package serve

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"sett/graph/rdfio"
	"sett/graph/results"
)

// offer is a media type that an answer can have.
type offer struct {
	media  string
	table  results.Format
	graph  rdfio.Format
	header string // Content-Type

	picture bool // of a graph
}

// tables are for SELECT and ASK, graphs for CONSTRUCT and DESCRIBE; the first is for clients that have no wish.
func tables() []offer {
	var out []offer
	for _, f := range results.Formats() {
		if f.Name == "table" {
			continue // for people, who are last
		}
		for _, m := range f.MediaTypes {
			out = append(out, offer{media: m, table: f, header: charset(m)})
		}
	}
	plain, _ := results.FormatByName("table")
	return append(out, offer{media: "text/plain", table: plain, header: charset("text/plain")})
}

func graphs() []offer {
	out := syntaxes("ttl", "nt", "rdfxml", "jsonld", "nq", "trig")
	nt, _ := rdfio.FormatByName("nt")
	ttl, _ := rdfio.FormatByName("ttl")
	return append(out, offer{media: "text/plain", graph: nt, header: charset("text/plain")}, offer{media: "text/html", graph: ttl, header: charset("text/plain")})
}

// datasets are for the whole store: what tells graphs apart, first what can say everything.
func datasets() []offer { return syntaxes("nq", "trig", "jsonld") }

// syntaxes are the media types of RDF's syntaxes by their names.
func syntaxes(names ...string) []offer {
	var out []offer
	for _, name := range names {
		f, _ := rdfio.FormatByName(name)
		for _, m := range f.MediaTypes {
			out = append(out, offer{media: m, graph: f, header: charset(m)})
		}
	}
	return out
}

func charset(media string) string {
	if strings.HasPrefix(media, "text/") {
		return media + "; charset=utf-8"
	}
	return media
}

// negotiate picks the offer that a request's Accept wants most (RFC 9110 §12.5.1); among equals the first.
func negotiate(r *http.Request, offers []offer) (offer, error) {
	accept := r.Header.Values("Accept")
	if len(accept) == 0 {
		return offers[0], nil
	}
	best, bestQ := offer{}, 0.0
	for _, o := range offers {
		if q := quality(accept, o.media); q > bestQ {
			best, bestQ = o, q
		}
	}
	if bestQ > 0 {
		return best, nil
	}
	var names []string
	for _, o := range offers {
		names = append(names, o.media)
	}
	return best, fail(http.StatusNotAcceptable, "Accept: %s: there is %s", strings.Join(accept, ", "), strings.Join(names, ", "))
}

// quality returns how much a media type is wanted: that of the most exact range that covers it.
func quality(accept []string, media string) float64 {
	q, exact := 0.0, -1
	for _, list := range accept {
		for _, part := range strings.Split(list, ",") {
			name, params, err := mime.ParseMediaType(part)
			if err != nil {
				continue
			}
			e := -1
			switch kind, _, _ := strings.Cut(media, "/"); {
			case name == media:
				e = 2
			case name == kind+"/*":
				e = 1
			case name == "*/*":
				e = 0
			}
			if e <= exact {
				continue
			}
			exact, q = e, 1
			if text, ok := params["q"]; ok {
				if q, err = strconv.ParseFloat(text, 64); err != nil {
					q = 0
				}
			}
		}
	}
	return q
}
