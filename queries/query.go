package queries

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sett/graph/rdf"
	"sett/graph/sparql"
)

// Query is a saved query.
type Query struct {
	Name        string
	Title       string
	Description string
	Lang        string // sparql, gizmo, graphql or mql
	Params      []Param
	Text        string // the whole file, its head included
	Path        string // of the file; "" for a built-in query
	Err         error  // why the query cannot be used; nil for a good one
}

// Param is a parameter of a query.
type Param struct {
	Name    string // of the variable, without its question mark
	Type    string // a name of the types in [Query.Bind]
	Default string // as a user would type it; "" for none
	Text    string // what it is

	// Required parameters have no default and must be given. A parameter that is not required and has no default is
	// left free when it is not given.
	Required bool
}

// HeadError is a malformed line in the head of a saved query.
type HeadError struct {
	File string
	Line int // 1-based
	Msg  string
}

// Error returns file:line: message.
func (e *HeadError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

var paramLine = regexp.MustCompile(`^param\s+(\S+)\s+(\S+)\s*(=(?:\s+("[^"]*"|.*?))??)?(?:\s+:\s+(.*))?$`)

// parse reads the head of a query: the comments up to the first other line. A comment indented further than its key goes
// on with the description; other comments are passed over.
func parse(name, lang, file, text string) Query {
	q := Query{Name: name, Lang: lang, Text: text, Path: file}
	where := file
	if where == "" {
		where = name
	}
	number := 0
	var open *string // the value that an indented line goes on with
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		line = strings.TrimSpace(line)
		comment, ok := strings.CutPrefix(line, "#")
		if !ok {
			if comment, ok = strings.CutPrefix(line, "//"); !ok {
				break
			}
		}
		if open != nil && (strings.HasPrefix(comment, "  ") || strings.HasPrefix(comment, "\t")) {
			*open += " " + strings.TrimSpace(comment)
			continue
		}
		open = nil
		comment = strings.TrimSpace(comment)
		if title, ok := strings.CutPrefix(comment, "title:"); ok {
			q.Title = strings.TrimSpace(title)
		} else if description, ok := strings.CutPrefix(comment, "description:"); ok {
			q.Description = strings.TrimSpace(description)
			open = &q.Description
		} else if strings.HasPrefix(comment, "param ") {
			p, problem := parseParam(comment)
			if problem == "" && slices.ContainsFunc(q.Params, func(o Param) bool { return o.Name == p.Name }) {
				problem = "parameter " + p.Name + " is declared twice"
			}
			if problem == "" && !uses(text, p.Name) {
				problem = "no variable ?" + p.Name + " in the query for parameter " + p.Name
			}
			if problem != "" && q.Err == nil {
				q.Err = &HeadError{File: where, Line: number, Msg: problem}
			}
			q.Params = append(q.Params, p)
			open = &q.Params[len(q.Params)-1].Text
		}
	}
	return q
}

// parseParam reads "param NAME TYPE = DEFAULT : text", and says what is wrong with it.
func parseParam(comment string) (Param, string) {
	m := paramLine.FindStringSubmatch(comment)
	if m == nil {
		return Param{}, "expected: param NAME TYPE [= DEFAULT] [: text]"
	}
	p := Param{Name: strings.TrimLeft(m[1], "?$"), Type: m[2], Default: m[4], Text: m[5], Required: m[3] == ""}
	if len(p.Default) > 1 && p.Default[0] == '"' {
		p.Default = strings.Trim(p.Default, `"`)
	}
	if typeByName(p.Type) == nil {
		return p, fmt.Sprintf("parameter %s: no type %q; the types are %s", p.Name, p.Type, typeNames())
	}
	return p, ""
}

// uses reports whether a text holds a variable; other languages write it in other ways, so the bare word will do.
func uses(text, name string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "# param ") || strings.HasPrefix(strings.TrimSpace(line), "// param ") {
			continue
		}
		for at := 0; ; {
			i := strings.Index(line[at:], name)
			if i < 0 {
				break
			}
			at += i + len(name)
			if (at == len(line) || !isNameByte(line[at])) && (at == len(name) || !isNameByte(line[at-len(name)-1])) {
				return true
			}
		}
	}
	return false
}

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// Check reports what is wrong with a query before it runs: its Err, a syntax error (a *sparql.SyntaxError, for SPARQL),
// or a default that is no value of its type.
func (q Query) Check(prefixes *rdf.Prefixes) error {
	if q.Err != nil {
		return q.Err
	}
	if q.Lang == "sparql" {
		if _, err := sparql.ParseQuery(q.Text, sparql.Options{Prefixes: prefixes}); err != nil {
			return err
		}
	}
	for _, p := range q.Params {
		if p.Default == "" {
			continue
		}
		if _, err := p.term(q.Name, p.Default, prefixes); err != nil {
			return err
		}
	}
	return nil
}
