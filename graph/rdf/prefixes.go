package rdf

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prefixes maps prefixes (without their colon; "" is one too) to namespaces. The zero value is empty and ready.
// It is not safe for concurrent writes.
type Prefixes struct {
	namespace map[string]string // prefix → namespace
}

// NewPrefixes returns a table from pairs of prefix and namespace.
func NewPrefixes(pairs ...string) *Prefixes {
	p := new(Prefixes)
	for i := 0; i+1 < len(pairs); i += 2 {
		p.Set(pairs[i], pairs[i+1])
	}
	return p
}

// Set binds a prefix, replacing what it meant before.
func (p *Prefixes) Set(prefix, namespace string) {
	if p.namespace == nil {
		p.namespace = make(map[string]string)
	}
	p.namespace[prefix] = namespace
}

// Namespace returns what a prefix stands for.
func (p *Prefixes) Namespace(prefix string) (string, bool) {
	if p == nil {
		return "", false
	}
	ns, ok := p.namespace[prefix]
	return ns, ok
}

// Len returns the number of prefixes.
func (p *Prefixes) Len() int {
	if p == nil {
		return 0
	}
	return len(p.namespace)
}

// All yields prefix and namespace, by prefix.
func (p *Prefixes) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if p == nil {
			return
		}
		for _, prefix := range slices.Sorted(maps.Keys(p.namespace)) {
			if !yield(prefix, p.namespace[prefix]) {
				return
			}
		}
	}
}

// Clone returns an independent copy.
func (p *Prefixes) Clone() *Prefixes {
	if p == nil {
		return new(Prefixes)
	}
	return &Prefixes{namespace: maps.Clone(p.namespace)}
}

// Expand returns the IRI of a prefixed name such as model:olmoe; false without a colon or with an unknown prefix.
// Backslash escapes (PN_LOCAL_ESC of SPARQL 1.1 §19.8) are undone.
func (p *Prefixes) Expand(name string) (string, bool) {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return "", false
	}
	ns, ok := p.Namespace(prefix)
	if !ok {
		return "", false
	}
	if strings.Contains(local, `\`) {
		local = localUnescaper.Replace(local)
	}
	return ns + local, true
}

// localUnescaper undoes PN_LOCAL_ESC: a backslash before any of its characters.
var localUnescaper = func() *strings.Replacer {
	var pairs []string
	for _, c := range "_~.-!$&'()*+,;=/?#@%" {
		pairs = append(pairs, `\`+string(c), string(c))
	}
	return strings.NewReplacer(pairs...)
}()

// Shorten returns the prefixed name of an IRI under the longest namespace that fits, if what remains can be written
// as a local name without escapes (PN_LOCAL of SPARQL 1.1 §19.8, less its escapes).
func (p *Prefixes) Shorten(iri string) (string, bool) {
	if p == nil {
		return "", false
	}
	best, longest := "", -1
	for prefix, ns := range p.namespace {
		if ns == "" || len(ns) < longest || !strings.HasPrefix(iri, ns) || !isLocalName(iri[len(ns):]) {
			continue
		}
		if len(ns) > longest || prefix < best {
			best, longest = prefix, len(ns)
		}
	}
	if longest < 0 {
		return "", false
	}
	return best + ":" + iri[longest:], true
}

// isLocalName reports whether s is a PN_LOCAL without escapes.
func isLocalName(s string) bool {
	for i, r := range s {
		switch {
		case r == '.':
			if i == 0 || i == len(s)-1 {
				return false
			}
		case r == '-' || r == 0xB7:
			if i == 0 {
				return false
			}
		case r == '_' || r == ':' || r < utf8.RuneSelf && (isAlpha(r) || '0' <= r && r <= '9'):
		case r >= utf8.RuneSelf && r != utf8.RuneError && unicode.IsLetter(r):
		default:
			return false
		}
	}
	return true
}

func isAlpha(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
