package repl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	cells "github.com/jedib0t/go-pretty/v6/text"
)

// argument tells what completion offers for an argument of a command.
type argument int

const (
	anyArgument argument = iota
	aTopic
	aClass
	aNode
	aPredicate
	aFile
	aSaved
	onOff
	aFormat
	aLanguage
)

// command is a row of the table of dot commands.
type command struct {
	name     string
	shortest string // least abbreviation
	args     string // as .help shows them
	help     string
	accepts  []argument // by place; the last one holds for all that follow
	run      func(s *Session, ctx context.Context, args []string) error
}

// errQuit ends the session.
var errQuit = errors.New("quit")

// commands is the table that dispatch, abbreviation, completion and .help read. Where two names share an abbreviation,
// only one of them has it as its shortest.
func commands() []command {
	return []command{
		{"help", "h", "[TOPIC]", "this list; more on a command, or on statements, keys, a language", []argument{aTopic}, (*Session).cmdHelp},
		{"quit", "q", "", "leave (Ctrl-D does too)", nil, func(*Session, context.Context, []string) error { return errQuit }},
		{"open", "o", "DIR", "close this database and open another", []argument{aFile}, (*Session).cmdOpen},
		{"tables", "ta", "", "classes and predicates with their counts", nil, (*Session).cmdTables},
		{"prefixes", "pre", "", "the prefixes in force", nil, (*Session).cmdPrefixes},
		{"schema", "s", "[CLASS]", "classes and what is said of each; or one class, property by property", []argument{aClass}, (*Session).cmdSchema},
		{"describe", "d", "NODE", "all that is known of a node, in both directions", []argument{aNode}, (*Session).cmdDescribe},
		{"find", "f", "WORDS", "nodes whose label, title or other name has all the words", []argument{aNode}, (*Session).cmdFind},
		{"why", "w", "S P O", "the evidence of a statement: quote, paper, rule, confidence", []argument{aNode, aPredicate, aNode}, (*Session).cmdWhy},
		{"dot", "do", "[NODE] [DEPTH] [FILE]", "draw the last result or a node; FILE ends in .svg .png .jpg or .dot, without one DOT is printed", []argument{aNode, anyArgument, aFile}, (*Session).cmdDot},
		{"save", "sa", "NAME [TITLE]", "keep the last query as queries/NAME.rq", []argument{anyArgument}, (*Session).cmdSave},
		{"queries", "que", "", "the saved queries", nil, (*Session).cmdQueries},
		{"run", "r", "NAME [k=v …]", "run a saved query", []argument{aSaved, anyArgument}, (*Session).cmdRun},
		{"explain", "e", "[on|off]", "show plans instead of running queries", []argument{onOff}, (*Session).cmdExplain},
		{"profile", "pro", "[on|off]", "after each query, its plan with rows and times", []argument{onOff}, (*Session).cmdProfile},
		{"timer", "ti", "[on|off]", "after each statement, its time", []argument{onOff}, (*Session).cmdTimer},
		{"to", "to", "FORMAT", "form of results: " + strings.Join(Formats(), " "), []argument{aFormat}, (*Session).cmdTo},
		{"lang", "la", "NAME", "query language: " + strings.Join(languages, " "), []argument{aLanguage}, (*Session).cmdLang},
		{"limit", "l", "N", "rows shown at most; 0 shows all", []argument{anyArgument}, (*Session).cmdLimit},
		{"timeout", "timeo", "D", "time a statement may take, such as 30s; 0 lifts it", []argument{anyArgument}, (*Session).cmdTimeout},
		{"load", "lo", "FILE", "load documents or RDF", []argument{aFile}, (*Session).cmdLoad},
		{"output", "ou", "[FILE]", "send results to a file; without one, back here", []argument{aFile}, (*Session).cmdOutput},
		{"history", "hi", "", "what was typed before", nil, (*Session).cmdHistory},
		{"read", "re", "FILE", "run the statements of a file", []argument{aFile}, (*Session).cmdRead},
	}
}

// languages are the names that .lang and --lang take.
var languages = []string{"sparql", "gizmo", "graphql", "mql"}

// Languages returns the names of the query languages.
func Languages() []string { return slices.Clone(languages) }

// findCommand returns the command that name (without its dot) means or abbreviates.
func findCommand(name string) (command, bool) {
	name = strings.ToLower(name)
	for _, c := range commands() {
		if c.name == name || strings.HasPrefix(c.name, name) && len(name) >= len(c.shortest) {
			return c, true
		}
	}
	return command{}, false
}

// isCommandLine reports whether a line that starts with "." inside a statement is a command: its first word must be one.
func isCommandLine(line string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(line[1:]), " ")
	if name == "" || strings.TrimSpace(line[1:]) != strings.TrimRight(line[1:], " \t\r") {
		return false
	}
	_, ok := findCommand(name)
	return ok
}

// runCommand runs a line that starts with ".".
func (s *Session) runCommand(ctx context.Context, line string) error {
	name, rest, _ := strings.Cut(strings.TrimPrefix(line, "."), " ")
	c, ok := findCommand(name)
	if !ok {
		var names []string
		for _, c := range commands() {
			names = append(names, c.name)
		}
		if near := nearest(strings.ToLower(name), names); near != "" {
			return &UsageError{fmt.Sprintf("no command .%s: did you mean .%s? .help lists them all", name, near)}
		}
		return &UsageError{fmt.Sprintf("no command .%s: .help lists them all", name)}
	}
	args, err := splitArguments(rest)
	if err != nil {
		return &UsageError{fmt.Sprintf(".%s: %v", c.name, err)}
	}
	if c.args == "" && len(args) > 0 {
		return &UsageError{fmt.Sprintf(".%s takes no argument, got %q", c.name, rest)}
	}
	if c.args != "" && c.args[0] != '[' && len(args) == 0 {
		return &UsageError{fmt.Sprintf(".%s: expected %s", c.name, c.args)}
	}
	return c.run(s, ctx, args)
}

// UsageError is a command or an option used wrongly.
type UsageError struct{ Msg string }

func (e *UsageError) Error() string { return e.Msg }

// splitArguments cuts a line at white space outside quotes and angle brackets; '"' and "'" group, "\" before a quote
// inside quotes keeps it. A quoted argument keeps nothing of its quotes, but for one that a datatype or a language
// follows.
func splitArguments(line string) ([]string, error) {
	var args []string
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
		case c == '"' || c == '\'':
			end := i + 1
			var b strings.Builder
			for end < len(line) && line[end] != c {
				if line[end] == '\\' && end+1 < len(line) && (line[end+1] == c || line[end+1] == '\\') {
					end++
				}
				b.WriteByte(line[end])
				end++
			}
			if end >= len(line) {
				return nil, fmt.Errorf("a quote is open: %s", line[i:])
			}
			end++
			if end < len(line) && line[end] != ' ' && line[end] != '\t' {
				stop := end
				for stop < len(line) && line[stop] != ' ' && line[stop] != '\t' {
					stop++
				}
				args = append(args, line[i:stop])
				i = stop
				continue
			}
			args = append(args, b.String())
			i = end
		default:
			end := i
			for end < len(line) && line[end] != ' ' && line[end] != '\t' {
				end++
			}
			args = append(args, line[i:end])
			i = end
		}
	}
	return args, nil
}

// nearest returns the candidate that is least edits from name, if it is near enough to be what was meant.
func nearest(name string, candidates []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, c := range candidates {
		if d := distance(name, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of characters to insert, delete, replace or swap with their neighbour.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}

// cmdHelp prints the table, or a topic.
func (s *Session) cmdHelp(_ context.Context, args []string) error {
	if len(args) > 0 {
		topic := strings.ToLower(strings.TrimPrefix(args[0], "."))
		if text, ok := topics[topic]; ok {
			fmt.Fprint(s.out, text)
			return nil
		}
		c, ok := findCommand(topic)
		if !ok {
			return &UsageError{fmt.Sprintf("no help on %q: expected a command, or one of %s", args[0], strings.Join(topicNames(), ", "))}
		}
		fmt.Fprintf(s.out, ".%s %s\n    %s\n    shortest: .%s\n", c.name, c.args, c.help, c.shortest)
		return nil
	}
	width := 0
	for _, c := range commands() {
		width = max(width, cells.StringWidth("."+c.name+" "+c.args))
	}
	for _, c := range commands() {
		head := strings.TrimSpace("." + c.name + " " + c.args)
		about := s.wrapped(c.help, width+2)
		fmt.Fprintln(s.out, head+about[cells.StringWidth(head):])
	}
	fmt.Fprintf(s.out, "\n%s\n", s.wrapped("More: .help "+strings.Join(topicNames(), ", .help "), 0))
	return nil
}

func topicNames() []string {
	names := make([]string, 0, len(topics))
	for name := range topics {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var topics = map[string]string{
	"statements": `A statement is a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) or update, over as many lines as you like.
It ends at a line that holds only ";", or at an empty line once it is whole.
PREFIX lines alone, ended by ";", hold for all that follows. A line that starts with "." is a command.
`,
	"keys": `Tab        completes keywords, prefixes, predicates of the class in hand, nodes by name or label, commands, files
Up, Down   earlier lines; they last between runs
Ctrl-R     search them
Ctrl-C     clear what is typed, or cancel the running query
Ctrl-D     leave
`,
	"sparql": `All models with their parameters, the largest first:
    SELECT ?model ?n WHERE { ?model a :Model ; :parameters ?n } ORDER BY DESC(?n) LIMIT 10
Everything narrower than an architecture:
    SELECT ?model WHERE { ?model :architecture/skos:broader* arch:state-space-model }
Who says so: each document is a graph.
    SELECT ?paper ?model WHERE { GRAPH ?paper { ?model :trainedOn ?dataset } }
What is there to ask about: .tables, .schema :Model, .find mamba
`,
	"gizmo": `.lang gizmo takes Cayley's Gizmo, paths in JavaScript. Nodes are written "<model:olmoe>" or ":Model", text as it is.
Who trained on what the first model was trained on:
    g.V("<model:starcoder2>").out(":trainedOn").tag("data").in(":trainedOn").all()
Large models, with a property as a column:
    g.V().has(":parameters", gt(7000000000)).saveOpt(":architecture", "by design").unique().all()
Everything narrower than an architecture, however deep; and a count:
    g.V("arch:state-space-model").followRecursive(g.M().in("skos:broader")).all()
    g.V(":Paper").in("rdf:type").count()
A script may compute: .forEach(function(row) { g.emit({model: row.id}) })
`,
	"graphql": `.lang graphql takes Cayley's GraphQL: a field is a predicate, ~ before it follows it backwards, an argument is a filter.
    { models(:trainedOn: <dataset:the-stack-v2>) { id :parameters @opt by: :developedBy { id rdfs:label } } }
Arguments id, first and offset choose; lists mean any of them. @opt, @rev, @unnest, @label(v: <graph>), fragments, variables.
`,
	"mql": `.lang mql takes Cayley's MQL, a pattern in JSON: what is given must be so, null and [] are asked for, ! is backwards.
    [{"id": null, ":trainedOn": "dataset:the-stack-v2", ":parameters": []}]
`,
}
