package sparql

import "testing"

func TestIsComplete(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                  false,
		"# only a comment":                  false,
		"PREFIX : <http://e/>":              false,
		"PREFIX":                            false,
		"SELECT":                            false,
		"SELECT *":                          false,
		"SELECT * {":                        false,
		"SELECT * { ?s x:p":                 false,
		"SELECT * { ?s x:p ?o . # more\n":   false,
		"SELECT * { ?s x:p ?o }":            true,
		"SELECT * { ?s x:p ?o } LIMIT":      false,
		"SELECT * { ?s x:p '''a\n":          false,
		"SELECT * { ?s x:p 'a":              true, // an error that no further line mends
		"SELECT * } {":                      true,
		"SELCT * {":                         true,
		"INSERT DATA { x:s x:p 1 }":         true,
		"INSERT DATA { x:s x:p 1 } ;":       true,
		"DELETE { ?s ?p ?o }":               false,
		"PREFIX x: <http://e/> CLEAR ALL":   true,
		"BASE <http://e/> INSERT { ?s ?p 1": false,
	} {
		if got := IsComplete(text); got != want {
			t.Errorf("IsComplete(%q) = %t, want %t", text, got, want)
		}
	}
	if !IsUpdate("prefix : <http://e/> insert data {}") || IsUpdate("ASK {}") {
		t.Error("IsUpdate is wrong")
	}
}

// TestResolve holds the examples of RFC 3986 §5.4.
func TestResolve(t *testing.T) {
	for ref, want := range map[string]string{
		"g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
		"//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
		"g#s": "http://a/b/c/g#s", ";x": "http://a/b/c/;x", "": "http://a/b/c/d;p?q", ".": "http://a/b/c/", "./": "http://a/b/c/",
		"..": "http://a/b/", "../g": "http://a/b/g", "../..": "http://a/", "../../g": "http://a/g", "../../../g": "http://a/g",
		"/./g": "http://a/g", "/../g": "http://a/g", "g.": "http://a/b/c/g.", "..g": "http://a/b/c/..g",
		"./g/.": "http://a/b/c/g/", "g/../h": "http://a/b/c/h", "g;x=1/../y": "http://a/b/c/y", "g?y/../x": "http://a/b/c/g?y/../x",
		"http:g": "http:g",
	} {
		if got := resolve("http://a/b/c/d;p?q", ref); got != want {
			t.Errorf("resolve(%q) = %q, want %q", ref, got, want)
		}
	}
}
