package queries

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"sett/graph/rdf"
)

// ErrLabel says that the value of an iri parameter is neither <an IRI> nor a prefixed name. It may be a label: a caller
// that can look labels up does so and binds again.
var ErrLabel = errors.New("neither <IRI> nor a prefixed name")

// ParamError says which parameter of which query is wrong, and how.
type ParamError struct {
	Query, Param string
	Value        string // as it was given; "" if it was not
	Err          error
}

// Error returns the message, which names query, parameter and value.
func (e *ParamError) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("query %s: parameter %s: %v", e.Query, e.Param, e.Err)
	}
	return fmt.Sprintf("query %s: parameter %s: %q: %v", e.Query, e.Param, e.Value, e.Err)
}

// Unwrap returns what is wrong with the value.
func (e *ParamError) Unwrap() error { return e.Err }

// Errors of values, wrapped in a *ParamError.
var (
	// ErrMissing says that a required parameter was not given.
	ErrMissing = errors.New("missing")
	// ErrParam says that a query has no such parameter.
	ErrParam = errors.New("the query has no such parameter")
	// ErrValue says that a value is none of its parameter's type.
	ErrValue = errors.New("wrong value")
)

var (
	integer = regexp.MustCompile(`^[+-]?[0-9]+$`)
	decimal = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)
	absolut = regexp.MustCompile(`^<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^\x60\\\x00-\x20]*>$`)
)

// paramType is a type of parameters: what a user types, and the term it stands for.
type paramType struct {
	name string
	term func(value string, prefixes *rdf.Prefixes) (rdf.Term, error)
}

var paramTypes = []paramType{
	{"iri", func(v string, p *rdf.Prefixes) (rdf.Term, error) {
		if absolut.MatchString(v) {
			return rdf.NewIRI(v[1 : len(v)-1]), nil
		}
		if iri, ok := p.Expand(v); ok && absolut.MatchString("<"+iri+">") {
			return rdf.NewIRI(iri), nil
		}
		return rdf.Term{}, ErrLabel
	}},
	{"string", func(v string, _ *rdf.Prefixes) (rdf.Term, error) { return rdf.NewString(v), nil }},
	{"integer", func(v string, _ *rdf.Prefixes) (rdf.Term, error) {
		if !integer.MatchString(v) {
			return rdf.Term{}, fmt.Errorf("%w: expected an integer such as 7000000000", ErrValue)
		}
		return rdf.NewLiteral(strings.TrimPrefix(v, "+"), rdf.XSDInteger), nil
	}},
	{"decimal", func(v string, _ *rdf.Prefixes) (rdf.Term, error) {
		if !decimal.MatchString(v) {
			return rdf.Term{}, fmt.Errorf("%w: expected a decimal number such as 0.75", ErrValue)
		}
		return rdf.NewLiteral(strings.TrimPrefix(v, "+"), rdf.XSDDecimal), nil
	}},
	{"date", func(v string, _ *rdf.Prefixes) (rdf.Term, error) {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			return rdf.Term{}, fmt.Errorf("%w: expected a date such as 2024-10-07", ErrValue)
		}
		return rdf.NewLiteral(v, rdf.XSDDate), nil
	}},
}

func typeByName(name string) *paramType {
	for i := range paramTypes {
		if paramTypes[i].name == name {
			return &paramTypes[i]
		}
	}
	return nil
}

func typeNames() string {
	names := make([]string, len(paramTypes))
	for i, t := range paramTypes {
		names[i] = t.name
	}
	return strings.Join(names, ", ")
}

// term returns the term of a value of the parameter.
func (p Param) term(query, value string, prefixes *rdf.Prefixes) (rdf.Term, error) {
	t := typeByName(p.Type)
	if t == nil {
		return rdf.Term{}, &ParamError{query, p.Name, value, fmt.Errorf("no type %q", p.Type)}
	}
	term, err := t.term(value, prefixes)
	if err != nil {
		return rdf.Term{}, &ParamError{query, p.Name, value, err}
	}
	return term, nil
}

// Bind returns the terms of the query's parameters, by name: of the values given and, for the others, of the defaults.
// An iri is <in brackets> or a prefixed name of prefixes; a string is taken as it is; integer, decimal and date
// (2024-10-07) become literals of XML Schema. An empty value leaves a parameter free that is not required. Errors are
// *ParamError: with ErrParam for a name that the query lacks (all names are checked before any value), ErrMissing,
// ErrValue, ErrLabel.
func (q Query) Bind(values map[string]string, prefixes *rdf.Prefixes) (map[string]rdf.Term, error) {
	if q.Err != nil {
		return nil, q.Err
	}
	names := make([]string, len(q.Params))
	for i, p := range q.Params {
		names[i] = p.Name
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(names, name) {
			continue
		}
		hint := didYouMean(name, names)
		switch {
		case len(names) == 0:
			hint = "; it has none"
		case hint == "":
			hint = "; it has " + strings.Join(names, ", ")
		}
		return nil, &ParamError{q.Name, name, "", fmt.Errorf("%w%s", ErrParam, hint)}
	}
	terms := make(map[string]rdf.Term, len(q.Params))
	for _, p := range q.Params {
		value, given := values[p.Name]
		if !given {
			value = p.Default
		}
		if value == "" && !(given && p.Type == "string") {
			if p.Required {
				return nil, &ParamError{q.Name, p.Name, "", fmt.Errorf("%w: give it as %s=…%s", ErrMissing, p.Name, about(p))}
			}
			continue
		}
		term, err := p.term(q.Name, value, prefixes)
		if err != nil {
			return nil, err
		}
		terms[p.Name] = term
	}
	return terms, nil
}

// about returns a parameter's type and text in parentheses.
func about(p Param) string {
	if p.Text == "" {
		return " (" + p.Type + ")"
	}
	return " (" + p.Type + ": " + p.Text + ")"
}
