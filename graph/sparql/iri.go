package sparql

import "strings"

// reference is an IRI reference in its five parts, RFC 3986 §3; has* tell an empty part from none.
type reference struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

// split takes an IRI reference apart, RFC 3986 Appendix B. It accepts everything.
func split(s string) (r reference) {
	if s, r.fragment, r.hasFragment = strings.Cut(s, "#"); s == "" {
		return r
	}
	s, r.query, r.hasQuery = strings.Cut(s, "?")
	if n := strings.IndexAny(s, ":/"); n > 0 && s[n] == ':' && isScheme(s[:n]) {
		r.scheme, s = s[:n], s[n+1:]
	}
	if strings.HasPrefix(s, "//") {
		r.hasAuthority = true
		s = s[2:]
		n := strings.IndexByte(s, '/')
		if n < 0 {
			n = len(s)
		}
		r.authority, s = s[:n], s[n:]
	}
	r.path = s
	return r
}

func isScheme(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

// String puts the parts together, RFC 3986 §5.3.
func (r reference) String() string {
	var b strings.Builder
	if r.scheme != "" {
		b.WriteString(r.scheme + ":")
	}
	if r.hasAuthority {
		b.WriteString("//" + r.authority)
	}
	b.WriteString(r.path)
	if r.hasQuery {
		b.WriteString("?" + r.query)
	}
	if r.hasFragment {
		b.WriteString("#" + r.fragment)
	}
	return b.String()
}

// resolve returns the IRI that a reference means against a base, RFC 3986 §5.2, strict. Without a base, or against one
// that is no absolute IRI, the reference stays as it is. An absolute IRI stays as it is too: SPARQL 1.1 §4.1.1.1 asks for
// no normalisation, and RFC 3986's removal of dot segments there would be one.
func resolve(base, ref string) string {
	r := split(ref)
	if r.scheme != "" {
		return ref
	}
	b := split(base)
	if b.scheme == "" {
		return ref
	}
	t := reference{scheme: b.scheme, authority: b.authority, hasAuthority: b.hasAuthority, fragment: r.fragment, hasFragment: r.hasFragment}
	switch {
	case r.hasAuthority:
		t.authority, t.hasAuthority = r.authority, true
		t.path, t.query, t.hasQuery = removeDots(r.path), r.query, r.hasQuery
	case r.path == "":
		t.path, t.query, t.hasQuery = b.path, b.query, b.hasQuery
		if r.hasQuery {
			t.query, t.hasQuery = r.query, true
		}
	case r.path[0] == '/':
		t.path, t.query, t.hasQuery = removeDots(r.path), r.query, r.hasQuery
	default:
		merged := "/" + r.path
		if !b.hasAuthority || b.path != "" {
			merged = b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path
		}
		t.path, t.query, t.hasQuery = removeDots(merged), r.query, r.hasQuery
	}
	return t.String()
}

// removeDots is remove_dot_segments, RFC 3986 §5.2.4.
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	rooted := strings.HasPrefix(path, "/")
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	kept := segments[:0:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".":
			if last {
				kept = append(kept, "")
			}
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	out := strings.Join(kept, "/")
	if rooted {
		out = "/" + out
	}
	return out
}
