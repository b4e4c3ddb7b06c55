package repl

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
)

// vocabulary answers what the graph has to offer; names.go asks the database. All results are written as they would be
// typed (prefixed names, or IRIs in <>), best first, and hold the few hundred best at most.
type vocabulary interface {
	classes() []string
	predicates(classes []string) []string     // used on instances of the classes; of none: all
	classesOf(node string) []string           // of a node as typed
	objects(predicate, start string) []string // nodes that stand as object of a predicate
	nodes(start string) []string              // nodes whose name starts so
	labelled(start string) []string           // nodes one of whose labels starts so, whatever the case
	labels(start string) []string             // the labels themselves
	saved() []string                          // names of saved queries
	parameters(query string) []string         // "name=" of a saved query's parameters
}

// completer offers what may be typed next.
type completer struct {
	vocabulary
	prefixes *rdf.Prefixes
	before   string // earlier lines of the statement
	language string // "" and "sparql" are one
	words    []string
}

// completion is what may stand between head and tail.
type completion struct {
	head, tail string
	options    []string
	cycle      bool // the options do not begin with what was typed: show one after the other
}

// complete offers completions of the word that ends at byte pos of line.
func (c *completer) complete(line string, pos int) completion {
	if strings.HasPrefix(line, ".") && (c.before == "" || isCommandLine(line)) {
		return c.command(line, pos)
	}
	if c.language != "" && c.language != "sparql" {
		return c.foreign(line, pos)
	}
	whole := c.before + line
	at := len(c.before) + pos
	typed := token{start: at, end: at, kind: word}
	for _, t := range scan(whole[:at]) {
		if touches(t, whole, at) || t.end == at && t.kind == punct && (t.text == "?" || t.text == "$") {
			typed = t
		}
	}
	start := max(0, typed.start-len(c.before))
	result := completion{head: line[:start], tail: line[pos:]}
	if typed.start < len(c.before) {
		return result // begun on an earlier line: a long string
	}
	begun := line[start:pos]
	p := locate(whole, at)
	switch {
	case typed.kind == comment:
	case typed.kind == variable || begun == "?" || begun == "$":
		result.options = startingWith(p.variables, begun)
	case typed.kind == text:
		for _, label := range c.labels(begun[1:]) {
			result.options = append(result.options, begun[:1]+strings.ReplaceAll(label, begun[:1], `\`+begun[:1])+begun[:1])
		}
	case typed.kind == iri:
		for _, ns := range c.prefixes.All() {
			result.options = append(result.options, "<"+ns)
		}
		slices.Sort(result.options)
		result.options = startingWith(result.options, begun)
	case typed.kind == pname || begun == "" || typed.kind == word:
		c.term(&result, p, begun)
	}
	return result
}

// foreign completes in a language besides SPARQL: a word of the language, of which those that begin with a point stand
// behind something, or the name of a node, class or predicate.
func (c *completer) foreign(line string, pos int) completion {
	start := pos
	for start > 0 && (isWordByte(line[start-1]) || line[start-1] == ':' || line[start-1] == '-') {
		start--
	}
	result := completion{head: line[:start], tail: line[pos:]}
	begun := line[start:pos]
	switch {
	case strings.Contains(begun, ":"):
		result.options = unique(append(append(c.nodes(begun), startingWith(c.predicates(nil), begun)...), startingWith(c.classes(), begun)...))
	case start > 0 && line[start-1] == '.':
		for _, w := range startingWith(c.words, "."+begun) {
			result.options = append(result.options, w[1:])
		}
	case begun != "":
		result.options = startingWith(c.words, begun)
		for prefix := range c.prefixes.All() {
			if prefix != "" && strings.HasPrefix(prefix, begun) {
				result.options = append(result.options, prefix+":")
			}
		}
	}
	return result
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b >= 0x80
}

// term completes a keyword, a prefixed name, or a label, by place.
func (c *completer) term(result *completion, p position, begun string) {
	var options []string
	switch p.place {
	case predicatePlace:
		options = append(startingWith(c.predicates(c.classesInHand(p)), begun), startingWith([]string{"a", "rdf:type"}, begun)...)
	case objectPlace:
		if p.predicate == "a" || p.predicate == "rdf:type" {
			options = startingWith(c.classes(), begun)
		} else if p.predicate != "" && !strings.HasPrefix(p.predicate, "?") {
			options = startingWith(c.objects(p.predicate, begun), begun)
		}
	case prefixPlace:
		for prefix, ns := range c.prefixes.All() {
			options = append(options, prefix+": <"+ns+">")
		}
		result.options = startingWith(options, begun)
		return
	}
	if len(options) > 0 && p.place == predicatePlace {
		result.options = unique(options)
		return
	}
	if strings.Contains(begun, ":") {
		if len(options) == 0 {
			options = c.nodes(begun)
			if strings.HasPrefix(begun, ":") {
				options = append(options, append(startingWith(c.predicates(nil), begun), startingWith(c.classes(), begun)...)...)
			}
		}
		result.options = unique(options)
		return
	}
	options = append(options, keywordsFor(p.place, begun)...)
	if begun != "" {
		for prefix := range c.prefixes.All() {
			if prefix != "" && strings.HasPrefix(prefix, begun) {
				options = append(options, prefix+":")
			}
		}
	}
	if len(options) == 0 && utf8.RuneCountInString(begun) >= 2 {
		options, result.cycle = c.labelled(begun), true
	}
	result.options = unique(options)
}

// classesInHand are the classes of the subject being described: by the statement itself, or in the graph.
func (c *completer) classesInHand(p position) []string {
	if classes := p.classes[p.subject]; len(classes) > 0 {
		return classes
	}
	if strings.Contains(p.subject, ":") && !strings.HasPrefix(p.subject, "?") {
		return c.classesOf(p.subject)
	}
	return nil
}

// keywords by where they may stand.
var (
	outerKeywords = []string{"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "DISTINCT", "REDUCED", "FROM", "NAMED", "PREFIX", "BASE",
		"ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "ASC", "DESC", "VALUES", "AS", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE",
		"GROUP_CONCAT", "SEPARATOR", "INSERT DATA", "DELETE DATA", "INSERT", "DELETE", "WITH", "USING", "LOAD", "CLEAR", "DROP", "CREATE",
		"COPY", "MOVE", "ADD", "SILENT", "DEFAULT", "ALL", "GRAPH", "INTO"}
	innerKeywords = []string{"FILTER", "FILTER EXISTS", "FILTER NOT EXISTS", "OPTIONAL", "UNION", "MINUS", "BIND", "VALUES", "GRAPH", "SERVICE", "SELECT"}
	functions     = []string{"ABS", "BNODE", "BOUND", "CEIL", "COALESCE", "CONCAT", "CONTAINS", "DATATYPE", "DAY", "ENCODE_FOR_URI", "EXISTS",
		"FLOOR", "HOURS", "IF", "IN", "IRI", "ISBLANK", "ISIRI", "ISLITERAL", "ISNUMERIC", "LANG", "LANGMATCHES", "LCASE", "MD5", "MINUTES",
		"MONTH", "NOT EXISTS", "NOT IN", "NOW", "OBJECT", "PREDICATE", "RAND", "REGEX", "REPLACE", "ROUND", "SAMETERM", "SECONDS", "SHA256",
		"STR", "STRAFTER", "STRBEFORE", "STRDT", "STRENDS", "STRLANG", "STRLEN", "STRSTARTS", "STRUUID", "SUBJECT", "SUBSTR", "TRIPLE", "UCASE",
		"UUID", "YEAR", "TRUE", "FALSE"}
)

// keywordsFor returns the keywords that start with begun in the case in which it is typed.
func keywordsFor(p place, begun string) []string {
	var all []string
	switch p {
	case outside:
		all = outerKeywords
		if begun != "" {
			all = append(slices.Clone(all), functions...)
		}
	case subjectPlace, afterObject:
		all = innerKeywords
	}
	upper := strings.ToUpper(begun)
	var found []string
	for _, k := range all {
		if strings.HasPrefix(k, upper) {
			if begun != upper {
				k = begun + strings.ToLower(k[len(begun):])
			}
			found = append(found, k)
		}
	}
	if begun == "" && p == outside {
		found = found[:min(4, len(found))]
	}
	return found
}

// command completes a dot command and its arguments.
func (c *completer) command(line string, pos int) completion {
	typed := line[:pos]
	space := strings.LastIndexAny(typed, " \t")
	result := completion{head: typed[:space+1], tail: line[pos:]}
	begun := typed[space+1:]
	if space < 0 {
		for _, cmd := range commands() {
			name := "." + cmd.name
			if cmd.args != "" {
				name += " "
			}
			result.options = append(result.options, name)
		}
		result.options = startingWith(result.options, begun)
		return result
	}
	fields := strings.Fields(typed[:space])
	cmd, ok := findCommand(strings.TrimPrefix(fields[0], "."))
	if !ok || len(cmd.accepts) == 0 {
		return result
	}
	n := len(fields) - 1
	if len(cmd.accepts) == 1 && cmd.accepts[0] == aNode && !strings.Contains(begun, ":") {
		// One node is all it takes: its label may have several words.
		rest := strings.TrimLeft(typed[len(fields[0]):], " \t")
		result.head, begun = typed[:len(typed)-len(rest)], rest
	}
	switch cmd.accepts[min(n, len(cmd.accepts)-1)] {
	case aTopic:
		for _, other := range commands() {
			result.options = append(result.options, other.name)
		}
		result.options = startingWith(append(result.options, topicNames()...), begun)
	case aClass:
		result.options = startingWith(c.classes(), begun)
	case aPredicate:
		result.options = startingWith(c.predicates(c.classesOf(fields[len(fields)-1])), begun)
	case aFile:
		result.options = files(begun)
	case aSaved:
		result.options = startingWith(c.saved(), begun)
	case onOff:
		result.options = startingWith([]string{"on", "off"}, begun)
	case aFormat:
		result.options = startingWith(Formats(), begun)
	case aLanguage:
		result.options = startingWith(languages, begun)
	case aNode:
		c.node(&result, begun)
	case anyArgument:
		if cmd.name == "run" {
			result.options = startingWith(c.parameters(fields[1]), begun)
		}
	}
	return result
}

// node completes a node by name, by prefix, or by label.
func (c *completer) node(result *completion, begun string) {
	if strings.Contains(begun, ":") {
		result.options = unique(c.nodes(begun))
		return
	}
	for prefix := range c.prefixes.All() {
		if prefix != "" && strings.HasPrefix(prefix, begun) {
			result.options = append(result.options, prefix+":")
		}
	}
	if len(begun) >= 2 {
		if labelled := c.labelled(begun); len(labelled) > 0 {
			result.options, result.cycle = append(labelled, result.options...), true
		}
	}
}

// files completes a path.
func files(begun string) []string {
	dir, base := filepath.Split(begun)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return nil
	}
	var found []string
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, base) || strings.HasPrefix(name, ".") && !strings.HasPrefix(base, ".") {
			continue
		}
		if e.IsDir() {
			name += string(filepath.Separator)
		}
		found = append(found, dir+name)
	}
	return found
}

func startingWith(all []string, begun string) []string {
	var found []string
	for _, s := range all {
		if strings.HasPrefix(s, begun) {
			found = append(found, s)
		}
	}
	return found
}

// unique drops repetitions and keeps the order.
func unique(all []string) []string {
	seen := make(map[string]bool, len(all))
	var found []string
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			found = append(found, s)
		}
	}
	return found
}
