package xsd_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"sett/graph/rdf"
	"sett/graph/xsd"
)

var prefixes = rdf.NewPrefixes("xsd", rdf.XSDNS, "rdf", rdf.RDFNS, "", "urn:x:")

// token is a term of the test files: an IRI, a prefixed name, a blank node, a literal in double quotes, a number, a
// boolean, or << s p o >>.
var token = regexp.MustCompile(`^\s*(<<|>>|<[^>]*>|_:\w+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^(?:<[^>]*>|\w*:\w+))?|[^\s]+)`)

func next(t testing.TB, s string) (rdf.Term, string) {
	m := token.FindStringSubmatch(s)
	if m == nil {
		t.Fatalf("no term in %q", s)
	}
	rest, w := s[len(m[0]):], m[1]
	switch {
	case w == "<<":
		var parts [3]rdf.Term
		for i := range parts {
			parts[i], rest = next(t, rest)
		}
		return rdf.NewTripleTerm(parts[0], parts[1], parts[2]), strings.TrimPrefix(strings.TrimLeft(rest, " "), ">>")
	case w == "UNDEF":
		return rdf.Term{}, rest
	case w[0] == '<':
		return rdf.NewIRI(w[1 : len(w)-1]), rest
	case strings.HasPrefix(w, "_:"):
		return rdf.NewBlank(w[2:]), rest
	case w == "true" || w == "false":
		return rdf.NewLiteral(w, rdf.XSDBoolean), rest
	case w[0] != '"':
		if iri, ok := prefixes.Expand(w); ok {
			return rdf.NewIRI(iri), rest
		}
		dt := rdf.XSDInteger
		if strings.ContainsAny(w, "eE") {
			dt = rdf.XSDDouble
		} else if strings.Contains(w, ".") {
			dt = rdf.XSDDecimal
		}
		return rdf.NewLiteral(w, dt), rest
	}
	end := strings.LastIndexByte(w, '"')
	text := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\"`, `"`, `\\`, `\`).Replace(w[1:end])
	switch tail := w[end+1:]; {
	case strings.HasPrefix(tail, "@"):
		lang, dir, _ := strings.Cut(tail[1:], "--")
		return rdf.NewDirLangString(text, lang, map[string]rdf.Direction{"ltr": rdf.LTR, "rtl": rdf.RTL}[dir]), rest
	case strings.HasPrefix(tail, "^^<"):
		return rdf.NewLiteral(text, tail[3:len(tail)-1]), rest
	case tail != "":
		iri, _ := prefixes.Expand(tail[2:])
		return rdf.NewLiteral(text, iri), rest
	}
	return rdf.NewString(text), rest
}

// show prints a term as the test files spell it.
func show(t rdf.Term) string {
	if dt := t.Datatype(); dt != "" {
		if name, ok := prefixes.Shorten(dt); ok && !t.IsString() && t.Lang() == "" {
			return rdf.NewString(t.Value()).String() + "^^" + name
		}
	}
	if t.IsZero() {
		return "UNDEF"
	}
	return t.String()
}

func result(v xsd.Value, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return show(v.Term())
}

func boolean(b bool, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return fmt.Sprint(b)
}

// TestExpressions runs testdata/expressions: a line is an operator or function and its arguments, the output a line each.
func TestExpressions(t *testing.T) {
	t.Parallel()
	datadriven.Walk(t, "testdata/expressions", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			ctx := &xsd.Context{Base: "http://example.org/a/b", Now: time.Date(2024, 2, 29, 12, 0, 0, 5e8, time.FixedZone("", 3600))}
			var b strings.Builder
			for _, line := range strings.Split(d.Input, "\n") {
				if strings.HasPrefix(line, "#") {
					continue
				}
				name, rest, _ := strings.Cut(line, " ")
				var terms []rdf.Term
				for strings.TrimSpace(rest) != "" {
					var term rdf.Term
					term, rest = next(t, rest)
					terms = append(terms, term)
				}
				b.WriteString(evaluate(ctx, name, terms) + "\n")
			}
			return b.String()
		})
	})
}

func evaluate(ctx *xsd.Context, name string, terms []rdf.Term) string {
	var args []xsd.Value
	for _, t := range terms {
		args = append(args, xsd.FromTerm(t))
	}
	operators := map[string]func(a, b xsd.Value) (xsd.Value, error){"ADD": xsd.Add, "SUB": xsd.Sub, "MUL": xsd.Mul, "DIV": xsd.Div}
	switch name {
	case "ADD", "SUB", "MUL", "DIV":
		return result(operators[name](args[0], args[1]))
	case "NEG":
		return result(xsd.Neg(args[0]))
	case "=":
		return boolean(xsd.Equal(args[0], args[1]))
	case "<":
		return boolean(xsd.Less(args[0], args[1]))
	case "EBV":
		return boolean(xsd.EBV(args[0]))
	case "ORDER":
		slices.SortFunc(terms, xsd.Order)
		var s []string
		for _, t := range terms {
			s = append(s, show(t))
		}
		return strings.Join(s, " ")
	}
	if acc, ok := xsd.NewAccumulator(strings.TrimPrefix(name, "AGG:"), "|"); ok {
		for _, v := range args {
			acc.Add(v, nil)
		}
		return result(acc.Result())
	}
	if iri, ok := prefixes.Expand(name); ok {
		name = iri
	}
	f, ok := xsd.LookupFunction(name)
	if !ok {
		return "no function " + name
	}
	if len(args) < f.Min || f.Max >= 0 && len(args) > f.Max {
		return "arity"
	}
	return result(f.Fn(ctx, args))
}
