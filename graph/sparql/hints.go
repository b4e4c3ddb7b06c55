package sparql

import (
	"slices"
	"strconv"
	"strings"
)

// habits are words that people bring from other languages, and what SPARQL says instead. They are looked up in upper case,
// where the word cannot stand.
var habits = map[string]string{
	"AND": "and is &&", "OR": "or is ||", "XOR": "either is !=, between two conditions",
	"IS": "BOUND(?x) tells whether ?x has a value", "NULL": "UNDEF leaves a value of VALUES open; BOUND(?x) tells whether ?x has one",
	"LIKE": "CONTAINS, STRSTARTS and REGEX compare parts of strings", "BETWEEN": "a range is ?x >= 1 && ?x <= 9",
	"CASE": "IF(condition, then, else) chooses", "THEN": "IF(condition, then, else) chooses", "ELSE": "IF(condition, then, else) chooses",
	"LET": "BIND(expression AS ?x) names a value", "SET": "BIND(expression AS ?x) names a value; INSERT and DELETE change data",
	"LATERAL": "there is no LATERAL: a subquery { SELECT … } runs for itself, and is joined by its variables",
	"SORT":    "ORDER BY ?x sorts", "TOP": "LIMIT 10, at the end, keeps the first", "FETCH": "LIMIT 10, at the end, keeps the first",
	"JOIN": "patterns in one group are joined by the variables that they share", "LEFT": "OPTIONAL { … } keeps what has no partner",
	"EXCEPT": "MINUS { … } takes solutions away", "MATCH": "SPARQL asks with SELECT ?x { ?x :property ?y }",
	"GROUPBY": "did you mean GROUP BY?", "ORDERBY": "did you mean ORDER BY?", "UPDATE": "INSERT and DELETE change data",
	"FOREACH": "a pattern is tried for all there is: no loop is needed", "RETURN": "SELECT says what comes back",
}

// foreignFunctions are functions of other languages, and what does the same here.
var foreignFunctions = map[string]string{
	"LOWER": "LCASE", "TOLOWER": "LCASE", "UPPER": "UCASE", "TOUPPER": "UCASE", "SUBSTRING": "SUBSTR", "MID": "SUBSTR",
	"LEN": "STRLEN", "LENGTH": "STRLEN", "CHAR_LENGTH": "STRLEN", "SIZE": "STRLEN or COUNT", "ISNULL": "!BOUND", "NVL": "COALESCE", "IFNULL": "COALESCE",
	"TOSTRING": "STR", "STRING": "STR", "TEXT": "STR", "CAST": "a cast such as xsd:integer(?x)", "INT": "xsd:integer", "INTEGER": "xsd:integer", "DATE": "xsd:date",
	"MEAN": "AVG", "AVERAGE": "AVG", "TOTAL": "SUM", "STARTSWITH": "STRSTARTS", "STARTS_WITH": "STRSTARTS", "ENDSWITH": "STRENDS",
	"ENDS_WITH": "STRENDS", "INSTR": "CONTAINS or STRBEFORE", "POSITION": "STRBEFORE", "INCLUDES": "CONTAINS", "MATCHES": "REGEX", "REGEXP": "REGEX",
	"STRING_AGG": "GROUP_CONCAT", "LISTAGG": "GROUP_CONCAT", "JOIN": "GROUP_CONCAT", "ANY_VALUE": "SAMPLE", "FIRST": "SAMPLE", "TODAY": "NOW",
	"CURRENT_TIMESTAMP": "NOW", "URLENCODE": "ENCODE_FOR_URI", "TYPEOF": "DATATYPE", "TYPE": "DATATYPE", "CEILING": "CEIL", "ISBNODE": "isBlank",
	"DEFINED": "BOUND", "COUNT_DISTINCT": "COUNT(DISTINCT ?x)", "RANDOM": "RAND", "CASE": "IF", "HAS": "EXISTS { … }",
}

// unknownFunctionHint says what a function that there is not should have been.
func unknownFunctionHint(name string) string {
	if here, ok := foreignFunctions[strings.ToUpper(name)]; ok {
		return "did you mean " + here + "?"
	}
	if near := nearestFunction(name); near != "" {
		return "did you mean " + near + "?"
	}
	return "a function of one's own is called by its IRI"
}

// hint guesses what was meant at the token at hand, where want could have stood; "" if there is no telling.
func (p *parser) hint(want []string) string {
	wants := func(what string) bool { return slices.Contains(want, what) }
	before := byte(0) // the character that the token touches
	if p.tok.Start > 0 && p.tok.Start == p.end {
		before = p.lex.text[p.end-1]
	}
	text := p.tok.text
	switch {
	case p.tok.kind == tEnd:
		return p.unclosed()
	case text == "," && wants("a variable") && wants("WHERE"):
		return "variables stand side by side, without commas"
	case p.isWord("AS") && wants("a variable") && wants("WHERE"):
		return "brackets go around it: (?x AS ?name)"
	case p.tok.kind == tWord && p.peek().text == "(" && wants("(") && functionIndex[strings.ToUpper(text)] != nil:
		return "an expression stands in brackets, with a name: (" + strings.ToUpper(text) + "(?x) AS ?name)"
	case text == ")" && wants("AS"):
		return "a name is missing: (… AS ?name)"
	case p.tok.kind == tVar && wants("a condition in brackets"):
		return "brackets go around it: FILTER(" + text + " …)"
	case p.tok.kind == tWord && (before == '\'' || before == '"'):
		return "the string ends at the " + string(before) + ` before it; inside a string it is written \` + string(before)
	case text == "=" && before == '=':
		return "equal is a single ="
	case p.tok.kind == tIRI && text == "<>" && wants("an operator"):
		return "unequal is !="
	case text == "<" && p.brokenIRI():
		return "an IRI holds no blanks and none of <>\"{}|^`\\: write %20 for a blank"
	case p.isWord("WHERE") && wants("GROUP"):
		return "one WHERE { … } holds all the patterns"
	case text == "^" && wants("^^"):
		return "a datatype follows ^^"
	case p.isWord("UNION") && wants("OPTIONAL"):
		return "UNION stands between groups: { … } UNION { … }"
	case text == "{" && p.peek().kind == tNumber:
		return "a path has no {n}: write :p/:p for two steps, :p+ for one or more"
	case text == "(" && wants("{") && p.peek().kind != tVar:
		return "the values stand in { }"
	case p.tok.kind == tLang && strings.EqualFold(text, "@prefix"):
		return "in SPARQL it is PREFIX p: <…>, without @ and full stop"
	case p.tok.kind == tWord && wants(wantPrefix):
		return "did you mean " + text + ":?"
	case p.tok.kind == tWord && len(want) == 1 && want[0] == "a variable":
		return "did you mean ?" + text + "?"
	case len(want) == 1 && want[0] == "EXISTS":
		return "not is !; NOT goes with EXISTS and IN only"
	case len(want) == 1 && want[0] == "{" && (p.tok.kind == tVar || p.tok.kind == tName || p.tok.kind == tIRI):
		return "braces go around it: { … }"
	case len(want) == 2 && wants("}") && wants("(") && (p.isLiteral() || p.tok.kind == tName || p.tok.kind == tIRI):
		return "brackets go around a row: (" + text + " …)"
	case p.tok.kind == tWord:
		return p.wordHint(want)
	}
	return ""
}

const wantPrefix = "a prefix with its colon"

// wordHint guesses what a word that fits nowhere should have been.
func (p *parser) wordHint(want []string) string {
	word := p.tok.text
	if habit, ok := habits[strings.ToUpper(word)]; ok {
		return habit
	}
	if isKeyword(word) {
		return ""
	}
	if near := Nearest(word, slices.Values(want)); near != "" && isAlpha(near[0]) && len(word) > 2 {
		return "did you mean " + near + "?"
	}
	if p.peek().text == "(" {
		if near := nearestFunction(word); near != "" {
			return "did you mean " + near + "?"
		}
	}
	if near := Nearest(word, slices.Values(keywords[:])); len(word) > 2 && near != "" && distance(strings.ToUpper(word), strings.ToUpper(near), 2) < 2 {
		return "did you mean " + near + "?"
	}
	if _, ok := functionIndex[strings.ToUpper(word)]; ok || slices.Contains(want, "SELECT") {
		return ""
	}
	if slices.Contains(want, "a variable") && slices.Contains(want, "(") {
		return "did you mean ?" + word + "?"
	}
	if _, ok := p.prefixes.Namespace(""); ok {
		return "a name has a prefix: did you mean :" + word + "?"
	}
	return "a name has a prefix and a colon, a variable a ?, an IRI stands in <>"
}

// brokenIRI reports whether the < at hand begins what looks like an IRI that holds a character it may not.
func (p *parser) brokenIRI() bool {
	rest := p.lex.text[p.tok.End:]
	if end := strings.IndexAny(rest, "\r\n"); end >= 0 {
		rest = rest[:end]
	}
	scheme := strings.IndexByte(rest, ':')
	if scheme <= 0 || strings.IndexByte(rest, '>') < 0 {
		return false
	}
	return strings.IndexFunc(rest[:scheme], func(r rune) bool { return r > 'z' || !isAlpha(byte(r)) }) < 0
}

// unclosed names the innermost bracket that the text leaves open.
func (p *parser) unclosed() string {
	lex := lexer{text: p.lex.text}
	var open []token
	for t := lex.next(); t.kind != tEnd && t.kind != tInvalid; t = lex.next() {
		switch t.text {
		case "{", "(", "[", "{|", "<<", "<<(":
			open = append(open, t)
		case "}", ")", "]", "|}", ">>", ")>>":
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) == 0 {
		return ""
	}
	last := open[len(open)-1]
	line, column, _ := place(p.lex.text, last.Start)
	return "the " + last.text + " of line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column) + " is not closed"
}

// typographic are characters that word processors put in place of others.
var typographic = map[rune]string{
	'“': `a string stands in "…" or '…'`, '”': `a string stands in "…" or '…'`, '„': `a string stands in "…" or '…'`,
	'‘': `a string stands in "…" or '…'`, '’': `a string stands in "…" or '…'`, '`': `a string stands in "…" or '…'`,
	'–': "a minus is -", '—': "a minus is -", '−': "a minus is -", '\u00A0': "it is a no-break space: a plain one is wanted",
	'≤': "it is written <=", '≥': "it is written >=", '≠': "it is written !=", '×': "it is written *", '÷': "it is written /",
	'：': "it is written :", '？': "it is written ?", '；': "it is written ;", '，': "it is written ,", '…': "something is left out here",
	'&': "and is &&", '\\': "outside of strings and IRIs \\ escapes marks in names only", '%': "there is no remainder operator",
}
