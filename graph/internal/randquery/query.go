package randquery

import (
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// Query draws a SELECT or an ASK.
func Query(t *rapid.T) string {
	g := &drawer{t: t}
	switch g.n(11) {
	case 0:
		return Prologue + "ASK " + g.from() + g.group(3)
	case 1, 2:
		return Prologue + g.aggregate(g.from())
	case 3:
		return Prologue + g.ordered()
	}
	return Prologue + g.selection(3, g.from())
}

// from draws the dataset clauses of a query: mostly none.
func (g *drawer) from() string {
	if g.n(7) > 0 {
		return ""
	}
	return g.pick("FROM :g0 ", "FROM :g0 FROM :g1 ", "FROM NAMED :g1 ", "FROM :g1 FROM NAMED :g0 FROM NAMED :g1 ", "FROM :none FROM NAMED :none ")
}

// ordered draws a SELECT that sorts by what it shows, and may cut: which of the rows that are equal in order it keeps is
// left open, see [Cut].
func (g *drawer) ordered() string {
	tail := g.pick("", " LIMIT 1", " LIMIT 3", " OFFSET 2", " LIMIT 4 OFFSET 1")
	if g.n(2) == 0 {
		return "SELECT ?a (" + g.expression(2) + " AS ?k) " + g.from() + "WHERE " + g.group(2) + " ORDER BY " + g.pick("?k", "DESC(?k)", "?a ?k", "DESC(?a) ?k") + tail
	}
	return g.pick("SELECT ?a ?b ", "SELECT DISTINCT ?a ?b ") + g.from() + "WHERE " + g.group(2) +
		" ORDER BY " + g.pick("?a", "?b", "DESC(?b)", "?a DESC(?b)", "DESC(?a) ?b", "?b ?a") + tail
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
func (g *drawer) selection(depth int, from string) string {
	body := g.group(depth)
	head := g.pick("SELECT *", "SELECT DISTINCT *", "SELECT ?a ?b", "SELECT DISTINCT ?a", "SELECT REDUCED ?b ?c", "SELECT ?a (?b AS "+g.fresh()+")")
	if strings.Contains(head, "REDUCED") {
		head = "SELECT ?b ?c" // REDUCED leaves the number of copies open
	}
	tail := g.pick("", "", "", " ORDER BY ?a DESC(?b)", " LIMIT 0", " OFFSET 0", " VALUES ?a { :n0 :n1 1 }")
	return head + " " + from + "WHERE " + body + tail
}

// aggregate draws a query with groups.
func (g *drawer) aggregate(from string) string {
	f := g.pick("COUNT(*)", "COUNT(?b)", "COUNT(DISTINCT ?b)", "SUM(?b)", "COUNT(DISTINCT *)", "AVG(?c)", "MAX(STR(?b))", "SUM(STRLEN(STR(?c)))",
		"MIN(STRLEN(STR(?b)))", "AVG(DISTINCT ?b)", "SUM(DISTINCT ?c)", `STRLEN(GROUP_CONCAT(STR(?b); SEPARATOR=", "))`, "MIN(YEAR(?b))", "COUNT(?b + 1)",
		"MIN(?b)", "MAX(?c)", "MAX(DISTINCT ?b)", "SUM(?b) + COUNT(*)", "COALESCE(SUM(?c), -1)", "COUNT(DISTINCT STR(?a))", "IF(COUNT(?d) > 1, MAX(?b), MIN(?b))",
		`STRLEN(GROUP_CONCAT(DISTINCT ?b; SEPARATOR=""))`, "SUM(IF(isNumeric(?b), ?b, 0))", "AVG(COALESCE(?c, 0))")
	if g.n(3) == 0 {
		key := g.pick("YEAR(?b)", "MONTH(?c)", "STRLEN(STR(?b))", "DATATYPE(?c)", "isIRI(?b)", "?b = ?c", "IF(?b < ?c, 1, 2)")
		counts := g.pick("(COUNT(*) AS ?n)", "(COUNT(?b) AS ?n)", "(COUNT(?b) AS ?n) (COUNT(*) AS ?m)", "(COUNT(?a) AS ?n)")
		body := g.pick(g.group(2), "{ "+g.triples()+" }", "{ ?a :p0 ?b }", "{ ?a :p0 ?b . ?a :p1 ?c }")
		return "SELECT ?k " + counts + " " + from + "WHERE " + body + " GROUP BY " + g.pick("", "?b ", "?d ") + "(" + key + " AS ?k)" + g.pick("", " HAVING (COUNT(*) > 1)")
	}
	if g.n(2) == 0 {
		return "SELECT (" + f + " AS ?n) " + from + "WHERE " + g.group(2)
	}
	having := g.pick("", "", " HAVING (COUNT(*) > 1)", " HAVING (MAX(?b) > 1)", " HAVING (SUM(?b) >= 1) (COUNT(?c) < 3)")
	f = g.pick(f, f, f, "SAMPLE(?a)", "MIN(?a)")
	return "SELECT ?a (" + f + " AS ?n) " + from + "WHERE " + g.group(2) + " GROUP BY ?a" + having
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
		if g.n(3) == 0 {
			return "{ " + g.aggregate("") + " }"
		}
		return "{ " + g.selection(depth-1, "") + " }"
	case 10:
		return "FILTER " + g.pick("EXISTS ", "NOT EXISTS ") + g.simpleGroup()
	case 11, 12:
		return g.node() + " " + g.path(2) + " " + g.node() + " ."
	case 13:
		return g.group(depth - 1)
	}
	return g.triples()
}

// simpleGroup draws a group for EXISTS: patterns, paths, filters with EXISTS again, optionals, unions and graphs of
// patterns.
func (g *drawer) simpleGroup() string {
	s := "{ " + g.triples()
	switch g.n(9) {
	case 3:
		s += " " + g.node() + " " + g.path(2) + " " + g.node() + " ."
	case 4:
		s += " FILTER " + g.pick("EXISTS ", "NOT EXISTS ") + g.simpleGroup()
	case 5:
		s += g.pick(" GRAPH ?d ", " GRAPH :g0 ", " GRAPH ?c ") + "{ " + g.triples() + " }"
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
		return g.pick("?a", "?b", "?c", "<<( :n0 :p0 ?c )>>", "<<( ?a ?d :n1 )>>", "<<( ?a :p0 ?a )>>", "<<( :n0 :p0 :n1 )>>")
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
	switch g.n(11) {
	case 6:
		return "isTRIPLE(" + v + ")"
	case 7:
		return g.pick("CONTAINS", "STRENDS") + "(" + g.pick("STR("+v+")", v) + ", " + g.pick(`"a"`, `"n1"`, `""`, `"a"@en`, `1`) + ")"
	case 8:
		return g.pick("EXISTS ", "NOT EXISTS ") + g.simpleGroup()
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
		switch g.n(11) {
		case 8:
			return g.pick("SUBJECT(", "PREDICATE(", "OBJECT(") + g.pick(g.variable(), g.expression(depth-1)) + ")"
		case 9:
			return "TRIPLE(" + g.pick(":n0", g.variable()) + ", " + g.pick(":p0", g.variable()) + ", " + g.expression(depth-1) + ")"
		case 10:
			return g.pick("(-", "(+", "(1 / ", "(2.0 / ") + g.expression(depth-1) + ")"
		case 4:
			return g.pick("YEAR(", "MONTH(", "DAY(", "HOURS(", "SECONDS(", "UCASE(", "LCASE(", "xsd:integer(", "xsd:string(", "xsd:date(", "CEIL(", "ROUND(", "isNumeric(",
				"FLOOR(", "MINUTES(", "TZ(", "TIMEZONE(", "xsd:decimal(", "xsd:double(", "xsd:boolean(", "xsd:dateTime(", "ENCODE_FOR_URI(", "isIRI(", "IRI(", "hasLANG(") + g.expression(depth-1) + ")"
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

// Cut splits a drawn query whose outermost SELECT ends in LIMIT or OFFSET after an ORDER BY: the query without them, and
// what they say; limit is -1 without one. Such an answer is any cut of a sorted one.
func Cut(text string) (whole string, offset, limit int, ok bool) {
	tail := text[strings.LastIndexByte(text, '}')+1:]
	if !strings.Contains(tail, "ORDER BY") {
		return text, 0, -1, false
	}
	limit = -1
	words := strings.Fields(tail)
	for i, w := range words[:len(words)-1] {
		switch w {
		case "LIMIT":
			limit, _ = strconv.Atoi(words[i+1])
		case "OFFSET":
			offset, _ = strconv.Atoi(words[i+1])
		}
	}
	end := len(text)
	for _, w := range []string{" LIMIT", " OFFSET"} {
		if i := strings.Index(tail, w); i >= 0 {
			end = min(end, len(text)-len(tail)+i)
		}
	}
	return text[:end], offset, limit, true
}
