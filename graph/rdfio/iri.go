package rdfio

import "strings"

// baseIRI is a base IRI in its parts, ready to resolve references (RFC 3986 §5.2). The zero value is no base.
type baseIRI struct {
	scheme    string // with its colon
	authority string // with its slashes
	path      string
	query     string // with its question mark
}

// newBase splits an absolute IRI; its fragment plays no part.
func newBase(iri string) baseIRI {
	iri, _, _ = strings.Cut(iri, "#")
	var b baseIRI
	i := strings.IndexByte(iri, ':')
	b.scheme, iri = iri[:i+1], iri[i+1:]
	if i := strings.IndexByte(iri, '?'); i >= 0 {
		iri, b.query = iri[:i], iri[i:]
	}
	b.authority, b.path = splitAuthority(iri)
	return b
}

// splitAuthority splits //authority/path; the authority keeps its slashes and is empty without them.
func splitAuthority(s string) (authority, path string) {
	if !strings.HasPrefix(s, "//") {
		return "", s
	}
	if i := strings.IndexByte(s[2:], '/'); i >= 0 {
		return s[:i+2], s[i+2:]
	}
	return s, ""
}

func (b baseIRI) isZero() bool { return b.scheme == "" }

// resolve returns the IRI that a reference without a scheme means.
func (b baseIRI) resolve(ref string) string {
	path, tail := ref, ""
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		path, tail = ref[:i], ref[i:]
	}
	switch {
	case path == "" && !strings.HasPrefix(tail, "?"):
		return b.scheme + b.authority + b.path + b.query + tail
	case path == "":
		return b.scheme + b.authority + b.path + tail
	case strings.HasPrefix(path, "//"):
		authority, path := splitAuthority(path)
		return b.scheme + authority + removeDots(path) + tail
	case path[0] == '/':
		return b.scheme + b.authority + removeDots(path) + tail
	case b.authority != "" && b.path == "":
		return b.scheme + b.authority + removeDots("/"+path) + tail
	}
	return b.scheme + b.authority + removeDots(b.path[:strings.LastIndexByte(b.path, '/')+1]+path) + tail
}

// removeDots resolves . and .. segments of a path (RFC 3986 §5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	out := make([]byte, 0, len(path))
	for in := path; in != ""; {
		switch {
		case strings.HasPrefix(in, "../"):
			in = in[3:]
		case strings.HasPrefix(in, "./"):
			in = in[2:]
		case strings.HasPrefix(in, "/./"):
			in = in[2:]
		case in == "/.":
			in = "/"
		case strings.HasPrefix(in, "/../"), in == "/..":
			in = "/" + in[min(len(in), 4):]
			i := len(out) - 1
			for i > 0 && out[i] != '/' {
				i--
			}
			out = out[:max(i, 0)]
		case in == "." || in == "..":
			in = ""
		default:
			i := strings.IndexByte(in[1:], '/') + 1
			if i == 0 {
				i = len(in)
			}
			out = append(out, in[:i]...)
			in = in[i:]
		}
	}
	return string(out)
}
