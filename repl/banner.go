package repl

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// examples are questions for a newcomer; the first three of which the check finds something are shown.
var examples = []struct{ check, line, about string }{
	{":Model", "SELECT ?model ?n WHERE { ?model a :Model ; :trainingTokens ?n } ORDER BY DESC(?n)", "models by what they were trained on"},
	{"arch:state-space-model", "SELECT ?model WHERE { ?model :architecture/skos:broader* arch:state-space-model }", "everything narrower than state-space models"},
	{"model:falcon-mamba-7b", ".why model:falcon-mamba-7b :trainingTokens 5800000000000", "who says so, in which words"},
	{"model:zamba2", ".dot model:zamba2 2 zamba2.svg", "a picture of a neighbourhood"},
	{"", ".tables", "what is in the graph"},
	{"", "SELECT * WHERE { ?s ?p ?o } LIMIT 10", "any ten statements"},
	{"", ".load FILE", "add papers or RDF"},
}

// banner greets: what is in the graph and, at the first time, what to ask.
func (s *Session) banner(ctx context.Context, first bool) {
	if s.Quiet {
		return
	}
	fmt.Fprintln(s.Err, s.wrapped(s.holds(ctx), 0))
	e := s.explorer()
	e.Query.Timeout = patience
	if !first {
		fmt.Fprintln(s.Err, ".help lists commands, Tab completes, Ctrl-D leaves.")
		return
	}
	fmt.Fprintln(s.Err, "Ask in SPARQL; an empty line runs what you typed. Try:")
	shown := 0
	for _, x := range examples {
		if shown == 3 {
			break
		}
		if x.check != "" {
			if t, ok, err := e.nameOrIRI(x.check); err != nil || !ok {
				continue
			} else if known, err := e.known(ctx, t); err != nil || !known {
				continue
			}
		}
		shown++
		fmt.Fprintf(s.Err, "    %s\n        %s\n", x.line, x.about)
	}
	fmt.Fprintln(s.Err, ".help lists commands, Tab completes, Ctrl-D leaves.")
}

// counted are the classes that a greeting counts.
var counted = []string{"Paper", "Model", "Dataset", "Architecture", "Hardware", "Benchmark"}

// holds says in a line which database is open and what is in it.
func (s *Session) holds(ctx context.Context) string {
	line := "sett"
	if s.Dir != "" {
		line += " · " + s.Dir
	}
	e := s.explorer()
	e.Query.Timeout = patience
	rows, err := e.rows(ctx, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { VALUES ?c { :"+strings.Join(counted, " :")+" } ?s a ?c } GROUP BY ?c")
	if err != nil {
		return line // it can be asked for later
	}
	counts := make(map[string]string)
	for _, row := range rows {
		counts[strings.TrimPrefix(row[0].Value(), ns)] = row[1].Value()
	}
	var parts []string
	for _, class := range counted {
		if n, err := strconv.Atoi(counts[class]); err == nil && n > 0 {
			parts = append(parts, plural(n, strings.ToLower(class)))
		}
	}
	if len(parts) == 0 {
		return line + s.quads(ctx)
	}
	return line + " · " + strings.ReplaceAll(strings.Join(parts, ", "), "hardwares", "hardware")
}

// quads says how many quads there are, where no class of the vocabulary has a member.
func (s *Session) quads(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stats, err := s.db.Stats(ctx)
	switch {
	case err != nil:
		return ""
	case stats.Quads == 0:
		return " · empty"
	}
	return " · " + plural(int(stats.Quads), "quad")
}
