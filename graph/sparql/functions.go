package sparql

import "strings"

// Function is a name that can be called without an IRI: a built-in function, a functional form, or an aggregate.
type Function struct {
	Name      string // as the standard writes it
	Min, Max  int    // arguments; Max is -1 when there is no limit
	Aggregate bool   // takes DISTINCT, and * if Min is 0
	Section   string // where the standard defines it
	same      string // the name that a call of it gets, when that is another's
}

// Key returns the name by which an [ExprCall] or an [Aggregate] knows the function: upper-case, and the same for
// synonyms (URI is IRI).
func (f Function) Key() string {
	if f.same != "" {
		return f.same
	}
	return strings.ToUpper(f.Name)
}

// functions is every name that the grammar's BuiltInCall and Aggregate know, in the standard's order. EXISTS and NOT
// EXISTS are syntax of their own.
var functions = [...]Function{
	{Name: "BOUND", Min: 1, Max: 1, Section: "§17.4.1.1"},
	{Name: "IF", Min: 3, Max: 3, Section: "§17.4.1.2"},
	{Name: "COALESCE", Min: 0, Max: -1, Section: "§17.4.1.3"},
	{Name: "sameTerm", Min: 2, Max: 2, Section: "§17.4.1.8"},
	{Name: "isIRI", Min: 1, Max: 1, Section: "§17.4.2.1"},
	{Name: "isURI", Min: 1, Max: 1, Section: "§17.4.2.1", same: "ISIRI"},
	{Name: "isBlank", Min: 1, Max: 1, Section: "§17.4.2.2"},
	{Name: "isLiteral", Min: 1, Max: 1, Section: "§17.4.2.3"},
	{Name: "isNumeric", Min: 1, Max: 1, Section: "§17.4.2.4"},
	{Name: "STR", Min: 1, Max: 1, Section: "§17.4.2.5"},
	{Name: "LANG", Min: 1, Max: 1, Section: "§17.4.2.6"},
	{Name: "LANGDIR", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2"},
	{Name: "hasLANG", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2"},
	{Name: "hasLANGDIR", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.2"},
	{Name: "DATATYPE", Min: 1, Max: 1, Section: "§17.4.2.7"},
	{Name: "IRI", Min: 1, Max: 1, Section: "§17.4.2.8"},
	{Name: "URI", Min: 1, Max: 1, Section: "§17.4.2.8", same: "IRI"},
	{Name: "BNODE", Min: 0, Max: 1, Section: "§17.4.2.9"},
	{Name: "STRDT", Min: 2, Max: 2, Section: "§17.4.2.10"},
	{Name: "STRLANG", Min: 2, Max: 2, Section: "§17.4.2.11"},
	{Name: "STRLANGDIR", Min: 3, Max: 3, Section: "SPARQL 1.2 §17.4.2"},
	{Name: "UUID", Min: 0, Max: 0, Section: "§17.4.2.12"},
	{Name: "STRUUID", Min: 0, Max: 0, Section: "§17.4.2.13"},
	{Name: "STRLEN", Min: 1, Max: 1, Section: "§17.4.3.2"},
	{Name: "SUBSTR", Min: 2, Max: 3, Section: "§17.4.3.3"},
	{Name: "UCASE", Min: 1, Max: 1, Section: "§17.4.3.4"},
	{Name: "LCASE", Min: 1, Max: 1, Section: "§17.4.3.5"},
	{Name: "STRSTARTS", Min: 2, Max: 2, Section: "§17.4.3.6"},
	{Name: "STRENDS", Min: 2, Max: 2, Section: "§17.4.3.7"},
	{Name: "CONTAINS", Min: 2, Max: 2, Section: "§17.4.3.8"},
	{Name: "STRBEFORE", Min: 2, Max: 2, Section: "§17.4.3.9"},
	{Name: "STRAFTER", Min: 2, Max: 2, Section: "§17.4.3.10"},
	{Name: "ENCODE_FOR_URI", Min: 1, Max: 1, Section: "§17.4.3.11"},
	{Name: "CONCAT", Min: 0, Max: -1, Section: "§17.4.3.12"},
	{Name: "langMatches", Min: 2, Max: 2, Section: "§17.4.3.13"},
	{Name: "REGEX", Min: 2, Max: 3, Section: "§17.4.3.14"},
	{Name: "REPLACE", Min: 3, Max: 4, Section: "§17.4.3.15"},
	{Name: "ABS", Min: 1, Max: 1, Section: "§17.4.4.1"},
	{Name: "ROUND", Min: 1, Max: 1, Section: "§17.4.4.2"},
	{Name: "CEIL", Min: 1, Max: 1, Section: "§17.4.4.3"},
	{Name: "FLOOR", Min: 1, Max: 1, Section: "§17.4.4.4"},
	{Name: "RAND", Min: 0, Max: 0, Section: "§17.4.4.5"},
	{Name: "NOW", Min: 0, Max: 0, Section: "§17.4.5.1"},
	{Name: "YEAR", Min: 1, Max: 1, Section: "§17.4.5.2"},
	{Name: "MONTH", Min: 1, Max: 1, Section: "§17.4.5.3"},
	{Name: "DAY", Min: 1, Max: 1, Section: "§17.4.5.4"},
	{Name: "HOURS", Min: 1, Max: 1, Section: "§17.4.5.5"},
	{Name: "MINUTES", Min: 1, Max: 1, Section: "§17.4.5.6"},
	{Name: "SECONDS", Min: 1, Max: 1, Section: "§17.4.5.7"},
	{Name: "TIMEZONE", Min: 1, Max: 1, Section: "§17.4.5.8"},
	{Name: "TZ", Min: 1, Max: 1, Section: "§17.4.5.9"},
	{Name: "MD5", Min: 1, Max: 1, Section: "§17.4.6.1"},
	{Name: "SHA1", Min: 1, Max: 1, Section: "§17.4.6.2"},
	{Name: "SHA256", Min: 1, Max: 1, Section: "§17.4.6.3"},
	{Name: "SHA384", Min: 1, Max: 1, Section: "§17.4.6.4"},
	{Name: "SHA512", Min: 1, Max: 1, Section: "§17.4.6.5"},
	{Name: "TRIPLE", Min: 3, Max: 3, Section: "SPARQL 1.2 §17.4.6"},
	{Name: "SUBJECT", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6"},
	{Name: "PREDICATE", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6"},
	{Name: "OBJECT", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6"},
	{Name: "isTRIPLE", Min: 1, Max: 1, Section: "SPARQL 1.2 §17.4.6"},
	{Name: "COUNT", Min: 0, Max: 1, Aggregate: true, Section: "§18.5.1.2"},
	{Name: "SUM", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.3"},
	{Name: "AVG", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.4"},
	{Name: "MIN", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.5"},
	{Name: "MAX", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.6"},
	{Name: "GROUP_CONCAT", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.7"},
	{Name: "SAMPLE", Min: 1, Max: 1, Aggregate: true, Section: "§18.5.1.8"},
}

// functionIndex finds a function by its name in upper case.
var functionIndex = func() map[string]*Function {
	m := make(map[string]*Function, len(functions))
	for i := range functions {
		m[strings.ToUpper(functions[i].Name)] = &functions[i]
	}
	return m
}()

// Functions returns every built-in function, form and aggregate, in the standard's order. The caller owns the slice.
func Functions() []Function { return append([]Function(nil), functions[:]...) }

// FunctionByName finds a built-in function, form or aggregate; case does not matter.
func FunctionByName(name string) (Function, bool) {
	f, ok := functionIndex[strings.ToUpper(name)]
	if !ok {
		return Function{}, false
	}
	return *f, true
}
