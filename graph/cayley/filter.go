package cayley

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// operators of comparisons.
var operators = map[iterator.Operator]sparql.Op{
	iterator.CompareLT: sparql.OpLess, iterator.CompareLTE: sparql.OpLessEqual,
	iterator.CompareGT: sparql.OpGreater, iterator.CompareGTE: sparql.OpGreaterEqual,
}

// filterExpr returns the conditions of a filter on a node; false where SPARQL has none that are the same. The planner
// takes the last one, which is outermost, first: it is the one that costs less, or keeps less.
func filterExpr(f shape.ValueFilter) ([]func(sparql.Expr) sparql.Expr, bool) {
	switch f := f.(type) {
	case shape.Comparison:
		return comparison(f)
	case shape.Regexp:
		return matching(f.Re.String(), f.Refs)
	case shape.Wildcard:
		switch {
		case f.Pattern == "":
			return []func(sparql.Expr) sparql.Expr{func(sparql.Expr) sparql.Expr { return boolean(false) }}, true
		case strings.Trim(f.Pattern, "%") == "":
			return nil, true
		}
		return matching(f.Regexp(), true)
	}
	return nil, false
}

// comparison compares with a value of the same type: Cayley finds no other value smaller or greater.
func comparison(f shape.Comparison) ([]func(sparql.Expr) sparql.Expr, bool) {
	op, ok := operators[f.Op]
	if !ok {
		return nil, false
	}
	t, err := Term(f.Val)
	if err != nil {
		return nil, false
	}
	compare := func(x sparql.Expr) sparql.Expr {
		return &sparql.ExprBinary{Op: op, L: x, R: &sparql.ExprTerm{Term: t}}
	}
	switch f.Val.(type) {
	case quad.Int, quad.Float, quad.String, quad.Time, quad.TypedString:
		return []func(sparql.Expr) sparql.Expr{hasDatatype(t.Datatype()), compare}, true
	case quad.IRI:
		return []func(sparql.Expr) sparql.Expr{
			func(x sparql.Expr) sparql.Expr {
				return &sparql.ExprBinary{Op: op, L: call("STR", x), R: &sparql.ExprTerm{Term: rdf.NewString(t.Value())}}
			},
			func(x sparql.Expr) sparql.Expr { return call("ISIRI", x) },
		}, true
	}
	return nil, false
}

func call(name string, args ...sparql.Expr) sparql.Expr {
	return &sparql.ExprCall{Name: name, Args: args}
}

func boolean(b bool) sparql.Expr { return &sparql.ExprTerm{Term: rdf.NewBoolean(b)} }

func hasDatatype(iri string) func(sparql.Expr) sparql.Expr {
	return func(x sparql.Expr) sparql.Expr {
		return &sparql.ExprBinary{Op: sparql.OpEqual, L: call("DATATYPE", x), R: &sparql.ExprTerm{Term: rdf.NewIRI(iri)}}
	}
}

// matching matches the text of strings, and that of IRIs with refs. Numbers, booleans and times have no text in Cayley.
func matching(pattern string, refs bool) ([]func(sparql.Expr) sparql.Expr, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, false
	}
	text, ok := xpathPattern(re.Simplify())
	if !ok {
		return nil, false
	}
	var native []sparql.Expr
	for _, dt := range []string{rdf.XSDInteger, rdf.XSDDouble, rdf.XSDBoolean, rdf.XSDDateTime} {
		native = append(native, &sparql.ExprTerm{Term: rdf.NewIRI(dt)})
	}
	return []func(sparql.Expr) sparql.Expr{
		func(x sparql.Expr) sparql.Expr {
			return call("REGEX", call("STR", x), &sparql.ExprTerm{Term: rdf.NewString(text)})
		},
		func(x sparql.Expr) sparql.Expr {
			isText := sparql.Expr(&sparql.ExprIn{Arg: call("DATATYPE", x), List: native, Not: true})
			if refs {
				isText = &sparql.ExprBinary{Op: sparql.OpOr, L: call("ISIRI", x), R: isText}
			}
			return isText
		},
	}, true
}

// xpathPattern writes a regular expression of Go in the syntax of XPath, SPARQL 1.1 §17.4.3.14; false for what that does
// not have, such as word boundaries.
func xpathPattern(re *syntax.Regexp) (string, bool) {
	var b strings.Builder
	ok := writePattern(&b, re)
	return b.String(), ok
}

func writePattern(b *strings.Builder, re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEmptyMatch:
		b.WriteString("()")
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && unicode.SimpleFold(r) != r {
				b.WriteByte('[')
				for f := unicode.SimpleFold(r); ; f = unicode.SimpleFold(f) {
					writeRune(b, f)
					if f == r {
						break
					}
				}
				b.WriteByte(']')
				continue
			}
			writeRune(b, r)
		}
	case syntax.OpCharClass:
		if len(re.Rune) == 0 {
			return false
		}
		b.WriteByte('[')
		for i := 0; i < len(re.Rune); i += 2 {
			writeRune(b, re.Rune[i])
			if re.Rune[i+1] != re.Rune[i] {
				b.WriteByte('-')
				writeRune(b, re.Rune[i+1])
			}
		}
		b.WriteByte(']')
	case syntax.OpAnyCharNotNL:
		b.WriteString(`[^\n]`)
	case syntax.OpAnyChar:
		b.WriteString(`[\s\S]`)
	case syntax.OpBeginText:
		b.WriteByte('^')
	case syntax.OpEndText:
		b.WriteByte('$')
	case syntax.OpCapture:
		b.WriteByte('(')
		if !writePattern(b, re.Sub[0]) {
			return false
		}
		b.WriteByte(')')
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		b.WriteByte('(')
		if !writePattern(b, re.Sub[0]) {
			return false
		}
		b.WriteString(map[syntax.Op]string{syntax.OpStar: ")*", syntax.OpPlus: ")+", syntax.OpQuest: ")?"}[re.Op])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if !writePattern(b, sub) {
				return false
			}
		}
	case syntax.OpAlternate:
		for i, sub := range re.Sub {
			b.WriteByte("(|"[min(i, 1)])
			if !writePattern(b, sub) {
				return false
			}
		}
		b.WriteByte(')')
	default:
		return false
	}
	return true
}

func writeRune(b *strings.Builder, r rune) {
	switch r {
	case '\n':
		b.WriteString(`\n`)
	case '\r':
		b.WriteString(`\r`)
	case '\t':
		b.WriteString(`\t`)
	default:
		if r == '-' || r == '^' || regexp.QuoteMeta(string(r)) != string(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
}
