package randquery

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// Query draws a SELECT or an ASK.
func Query(t *rapid.T) string {
	g := &drawer{t: t}
	switch g.n(9) {
	case 0:
		return Prologue + "ASK " + g.group(3)
	case 1, 2:
		return Prologue + g.aggregate()
	}
	return Prologue + g.selection(3)
}

// drawer draws the parts of one query.
type drawer struct {
	t    *rapid.T
	made int // names given to BIND and AS
}

// n draws a number from 0 to limit.
func (g *drawer) n(limit int) int { return rapid.IntRange(0, limit).Draw(g.t, "") }

func (g *drawer) pick(options ...string) string { return rapid.SampledFrom(options).Draw(g.t, "") }

func (g *drawer) fresh() string {
	g.made++
	return fmt.Sprintf("?x%d", g.made)
}

var variables = []string{"?a", "?b", "?c", "?d"}

func (g *drawer) variable() string { return g.pick(variables...) }

// selection draws a SELECT. LIMIT comes only where it cannot cut between solutions that are equal in order but not
// the same: over nothing.
func (g *drawer) selection(depth int) string {
	body := g.group(depth)
	head := g.pick("SELECT *", "SELECT DISTINCT *", "SELECT ?a ?b", "SELECT DISTINCT ?a", "SELECT REDUCED ?b ?c", "SELECT ?a (?b AS "+g.fresh()+")")
	if strings.Contains(head, "REDUCED") {
		head = "SELECT ?b ?c" // REDUCED leaves the number of copies open
	}
	tail := g.pick("", "", "", " ORDER BY ?a DESC(?b)", " LIMIT 0", " OFFSET 0", " VALUES ?a { :n0 :n1 1 }")
	return head + " WHERE " + body + tail
}

// aggregate draws a query with groups.
func (g *drawer) aggregate() string {
	f := g.pick("COUNT(*)", "COUNT(?b)", "COUNT(DISTINCT ?b)", "SUM(?b)", "COUNT(DISTINCT *)", "AVG(?c)", "MAX(STR(?b))", "SUM(STRLEN(STR(?c)))",
		"MIN(STRLEN(STR(?b)))", "AVG(DISTINCT ?b)", "SUM(DISTINCT ?c)", `STRLEN(GROUP_CONCAT(STR(?b); SEPARATOR=", "))`, "MIN(YEAR(?b))", "COUNT(?b + 1)")
	if g.n(3) == 0 {
		key := g.pick("YEAR(?b)", "MONTH(?c)", "STRLEN(STR(?b))", "DATATYPE(?c)", "isIRI(?b)", "?b = ?c", "IF(?b < ?c, 1, 2)")
		counts := g.pick("(COUNT(*) AS ?n)", "(COUNT(?b) AS ?n)", "(COUNT(?b) AS ?n) (COUNT(*) AS ?m)", "(COUNT(?a) AS ?n)")
		body := g.pick(g.group(2), "{ "+g.triples()+" }", "{ ?a :p0 ?b }", "{ ?a :p0 ?b . ?a :p1 ?c }")
		return "SELECT ?k " + counts + " WHERE " + body + " GROUP BY " + g.pick("", "?b ", "?d ") + "(" + key + " AS ?k)" + g.pick("", " HAVING (COUNT(*) > 1)")
	}
	if g.n(2) == 0 {
		return "SELECT (" + f + " AS ?n) WHERE " + g.group(2)
	}
	having := g.pick("", "", " HAVING (COUNT(*) > 1)")
	f = g.pick(f, f, f, "SAMPLE(?a)", "MIN(?a)")
	return "SELECT ?a (" + f + " AS ?n) WHERE " + g.group(2) + " GROUP BY ?a" + having
}

// group draws a group graph pattern.
func (g *drawer) group(depth int) string {
	var b strings.Builder
	b.WriteString("{ ")
	for range 1 + g.n(2) {
		b.WriteString(g.element(depth))
		b.WriteByte(' ')
	}
	b.WriteString("}")
	return b.String()
}

// element draws one part of a group.
func (g *drawer) element(depth int) string {
	if depth == 0 {
		return g.triples()
	}
	switch g.n(15) {
	case 0, 1:
		return "OPTIONAL " + g.group(depth-1)
	case 2:
		return g.group(depth-1) + " UNION " + g.group(depth-1)
	case 3:
		return "MINUS " + g.group(depth-1)
	case 4, 5:
		return "FILTER(" + g.condition(2) + ")"
	case 6:
		return "BIND(" + g.expression(2) + " AS " + g.fresh() + ")"
	case 7:
		return g.pick("VALUES ?a { :n0 :n1 }", "VALUES (?a ?b) { (:n0 UNDEF) (UNDEF 1) (:n2 :n3) }", "VALUES ?c { 1 \"a\" :n0 }", "VALUES ?d {}")
	case 8:
		return g.pick("GRAPH ?d ", "GRAPH :g0 ", "GRAPH ?c ", "GRAPH :none ") + g.group(depth-1)
	case 9:
		return "{ " + g.selection(depth-1) + " }"
	case 10:
		return "FILTER " + g.pick("EXISTS ", "NOT EXISTS ") + g.simpleGroup()
	case 11, 12:
		return g.node() + " " + g.path(2) + " " + g.node() + " ."
	case 13:
		return g.group(depth - 1)
	}
	return g.triples()
}

// simpleGroup draws a group for EXISTS: patterns, filters, optionals and unions of patterns.
func (g *drawer) simpleGroup() string {
	s := "{ " + g.triples()
	switch g.n(5) {
	case 0:
		s += " FILTER(" + g.condition(1) + ")"
	case 1:
		s += " OPTIONAL { " + g.triples() + " }"
	case 2:
		s += " { " + g.triples() + " } UNION { " + g.triples() + " }"
	}
	return s + " }"
}

func (g *drawer) triples() string {
	var parts []string
	for range 1 + g.n(2) {
		parts = append(parts, g.node()+" "+g.pick(":p0", ":p1", ":p2", "?d")+" "+g.object()+" .")
	}
	return strings.Join(parts, " ")
}

func (g *drawer) node() string {
	if g.n(2) > 0 {
		return g.variable()
	}
	if g.n(5) == 0 {
		g.made++
		return fmt.Sprintf("_:b%d", g.made) // a label of its own: one must not come in two basic graph patterns
	}
	return g.pick(":n0", ":n1", ":n2")
}

func (g *drawer) object() string {
	switch g.n(5) {
	case 0:
		return g.constant()
	case 1:
		return g.pick("?a", "?b", "?c", "<<( :n0 :p0 ?c )>>", "<<( ?a ?d :n1 )>>")
	}
	return g.variable()
}

func (g *drawer) constant() string {
	return g.pick(":n0", ":n1", ":n2", "1", "0", "\"a\"", "\"a\"@en", "1.5", "2.0E0", "true", ":absent", "\"2024-02-29\"^^<http://www.w3.org/2001/XMLSchema#date>",
		`"2024-03-01T00:00:00Z"^^xsd:dateTime`, `"P1D"^^xsd:dayTimeDuration`, `"P1M"^^xsd:yearMonthDuration`, `"2023-12-31"^^xsd:date`)
}

// path draws a property path.
func (g *drawer) path(depth int) string {
	if depth == 0 {
		return g.pick(":p0", ":p1", "^:p0", "!:p0", "!(:p0|^:p1)")
	}
	p := "(" + g.path(depth-1) + ")"
	switch g.n(5) {
	case 0:
		return p + "*"
	case 1:
		return p + "+"
	case 2:
		return p + "?"
	case 3:
		return p + "/(" + g.path(depth-1) + ")"
	case 4:
		return p + "|(" + g.path(depth-1) + ")"
	}
	return "^" + p
}

// condition draws an expression that has, mostly, an effective boolean value.
func (g *drawer) condition(depth int) string {
	if depth > 0 {
		switch g.n(6) {
		case 0:
			return "(" + g.condition(depth-1) + " && " + g.condition(depth-1) + ")"
		case 1:
			return "(" + g.condition(depth-1) + " || " + g.condition(depth-1) + ")"
		case 2:
			return "!(" + g.condition(depth-1) + ")"
		}
	}
	v := g.variable()
	switch g.n(9) {
	case 0:
		return "BOUND(" + v + ")"
	case 1:
		return g.pick("isIRI(", "isLiteral(", "isBlank(", "isNumeric(") + v + ")"
	case 2:
		return v + g.pick(" IN (", " NOT IN (") + g.constant() + ", " + g.variable() + ")"
	case 3:
		return "sameTerm(" + v + ", " + g.expression(0) + ")"
	case 4:
		return "STRSTARTS(" + g.pick("STR("+v+")", v) + ", " + g.pick(`"a"`, `"ab"`, `"urn:r:n"`, `"urn:r:n1"`, `"2024-02"`, `"a long string"`, `"1"`, `"a"@en`) + ")"
	case 5:
		return "REGEX(" + g.pick("STR("+v+")", v) + ", " + g.pick(`"n[01]$"`, `"^urn:r:n[01]"`, `"^a"`, `"^ab?"`, `"^tr"`, `"^urn:r:n1|b"`, `"^a(b|c)?$"`, `"^2\\\\.0"`, `"^a long.*d$"`) + ")"
	}
	return g.expression(depth) + g.pick(" = ", " != ", " < ", " >= ", " > ", " <= ") + g.expression(0)
}

// expression draws one that has any value.
func (g *drawer) expression(depth int) string {
	if depth > 0 {
		switch g.n(8) {
		case 4:
			return g.pick("YEAR(", "MONTH(", "DAY(", "HOURS(", "SECONDS(", "UCASE(", "LCASE(", "xsd:integer(", "xsd:string(", "xsd:date(", "CEIL(", "ROUND(", "isNumeric(") + g.expression(depth-1) + ")"
		case 5:
			return "SUBSTR(STR(" + g.expression(depth-1) + "), " + g.pick("1", "2", "0, 3", "2, 2", "1.5", "4, -1") + ")"
		case 6:
			return "REPLACE(STR(" + g.expression(depth-1) + "), " + g.pick(`"a", "b"`, `"^(.)", "$1$1"`, `"[0-9]+", ""`, `"N", "m", "i"`, `"(r):(n?)", "$2-$1"`) + ")"
		case 7:
			return g.pick("STRBEFORE", "STRAFTER", "CONCAT", "STRDT") + "(" + g.expression(depth-1) + ", " + g.pick(`"a"`, `":"`, `""`, g.variable()) + ")"
		case 0:
			return "(" + g.expression(depth-1) + g.pick(" + ", " - ", " * ") + g.expression(depth-1) + ")"
		case 1:
			return "IF(" + g.condition(depth-1) + ", " + g.expression(depth-1) + ", " + g.expression(depth-1) + ")"
		case 2:
			return "COALESCE(" + g.expression(depth-1) + ", " + g.expression(depth-1) + ")"
		case 3:
			return g.pick("STR(", "DATATYPE(", "STRLEN(", "LANG(", "ABS(") + g.expression(depth-1) + ")"
		}
	}
	if g.n(1) == 0 {
		return g.constant()
	}
	return g.variable()
}

// Ordered reports whether the outermost SELECT of a drawn query sorts.
func Ordered(text string) bool {
	return slices.Contains(strings.Fields(text[strings.LastIndexByte(text, '}'):]), "ORDER")
}
