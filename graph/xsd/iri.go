package xsd

import "strings"

// iriParts are the five components of RFC 3986 §3, each with its mark, so that joined they are the whole.
type iriParts struct {
	scheme    string // with ":"
	authority string // with "//"
	path      string
	query     string // with "?"
	fragment  string // with "#"
}

func splitIRI(s string) (p iriParts) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s, p.fragment = s[:i], s[i:]
	}
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, p.query = s[:i], s[i:]
	}
	if i := strings.IndexByte(s, ':'); i > 0 && isScheme(s[:i]) {
		p.scheme, s = s[:i+1], s[i+1:]
	}
	if strings.HasPrefix(s, "//") {
		end := strings.IndexByte(s[2:], '/')
		if end < 0 {
			end = len(s) - 2
		}
		p.authority, s = s[:end+2], s[end+2:]
	}
	p.path = s
	return p
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

// resolveIRI resolves a reference against a base (RFC 3986 §5.2). It is false if the outcome is not an absolute IRI:
// no scheme, or characters that IRIREF of SPARQL's grammar does not have.
func resolveIRI(base, ref string) (string, bool) {
	if strings.ContainsAny(ref, "<>\"{}|^`\\") {
		return "", false
	}
	for i := range len(ref) {
		if ref[i] <= 0x20 {
			return "", false
		}
	}
	r := splitIRI(ref)
	if r.scheme != "" {
		return ref, true
	}
	b := splitIRI(base)
	if b.scheme == "" {
		return "", false
	}
	t := iriParts{scheme: b.scheme, authority: b.authority, path: b.path, query: r.query, fragment: r.fragment}
	switch {
	case r.authority != "":
		t.authority, t.path = r.authority, removeDots(r.path)
	case r.path == "":
		if r.query == "" {
			t.query = b.query
		}
	case r.path[0] == '/':
		t.path = removeDots(r.path)
	case b.authority != "" && b.path == "":
		t.path = removeDots("/" + r.path)
	default:
		t.path = removeDots(b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path)
	}
	return t.scheme + t.authority + t.path + t.query + t.fragment, true
}

// removeDots removes the segments . and .. (RFC 3986 §5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	segments := strings.Split(path, "/")
	out := segments[:0]
	rooted := path[0] == '/'
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".", "..":
			if s == ".." && len(out) > 0 && !(rooted && len(out) == 1) {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, "/")
}
