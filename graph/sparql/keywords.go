package sparql

import (
	"slices"
	"strings"
)

// keywords is every keyword of the grammar that is not a function's name.
var keywords = [...]string{
	"ADD", "ALL", "AS", "ASC", "ASK", "BASE", "BIND", "BY", "CLEAR", "CONSTRUCT", "COPY", "CREATE", "DATA", "DEFAULT",
	"DELETE", "DESC", "DESCRIBE", "DISTINCT", "DROP", "EXISTS", "FILTER", "FROM", "GRAPH", "GROUP", "HAVING", "IN",
	"INSERT", "INTO", "LIMIT", "LOAD", "MINUS", "MOVE", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX",
	"REDUCED", "SELECT", "SEPARATOR", "SERVICE", "SILENT", "TO", "UNDEF", "UNION", "USING", "VALUES", "VERSION",
	"WHERE", "WITH", "a", "false", "true",
}

// Keywords returns the keywords of queries and updates, functions not among them ([Functions]), sorted. The caller owns
// the slice.
func Keywords() []string { return slices.Clone(keywords[:]) }

// isKeyword reports whether a word is one of them; case does not matter.
func isKeyword(word string) bool {
	return slices.ContainsFunc(keywords[:], func(k string) bool { return strings.EqualFold(k, word) })
}

// knownPrefixes are prefixes that people use without saying so, for the hint that tells what to declare.
var knownPrefixes = map[string]string{
	"rdf":     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"rdfs":    "http://www.w3.org/2000/01/rdf-schema#",
	"xsd":     "http://www.w3.org/2001/XMLSchema#",
	"owl":     "http://www.w3.org/2002/07/owl#",
	"skos":    "http://www.w3.org/2004/02/skos/core#",
	"dc":      "http://purl.org/dc/elements/1.1/",
	"dct":     "http://purl.org/dc/terms/",
	"dcterms": "http://purl.org/dc/terms/",
	"dcat":    "http://www.w3.org/ns/dcat#",
	"foaf":    "http://xmlns.com/foaf/0.1/",
	"schema":  "http://schema.org/",
	"prov":    "http://www.w3.org/ns/prov#",
	"sh":      "http://www.w3.org/ns/shacl#",
	"void":    "http://rdfs.org/ns/void#",
	"vann":    "http://purl.org/vocab/vann/",
	"vcard":   "http://www.w3.org/2006/vcard/ns#",
	"geo":     "http://www.opengis.net/ont/geosparql#",
	"time":    "http://www.w3.org/2006/time#",
	"org":     "http://www.w3.org/ns/org#",
	"bibo":    "http://purl.org/ontology/bibo/",
	"wd":      "http://www.wikidata.org/entity/",
	"wdt":     "http://www.wikidata.org/prop/direct/",
	"dbo":     "http://dbpedia.org/ontology/",
	"dbr":     "http://dbpedia.org/resource/",
	"fn":      "http://www.w3.org/2005/xpath-functions#",
	"math":    "http://www.w3.org/2005/xpath-functions/math#",
}

// Nearest returns the candidate that a misspelt word is closest to, or "" if none is close: one slip in a word of up to
// four letters, two in a longer one. Case does not matter, the first of equals wins.
func Nearest(word string, candidates func(yield func(string) bool)) string {
	limit := 1
	if len(word) > 4 {
		limit = 2
	}
	best, least := "", limit+1
	upper := strings.ToUpper(word)
	for c := range candidates {
		if d := distance(upper, strings.ToUpper(c), least); d < least && d < len(c) {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with a neighbour (optimal string alignment), or
// at least limit as soon as it is known to be no less.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
