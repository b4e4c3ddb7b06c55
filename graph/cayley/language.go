package cayley

import (
	"context"
	"errors"
	"slices"
	"strings"

	settgraph "sett/graph"
	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// Languages returns Gizmo, GraphQL and MQL, for settgraph.Options.
func Languages() map[string]settgraph.Language {
	return map[string]settgraph.Language{
		"gizmo":   language{new(scripts).rows, parseGizmo, gizmoWords},
		"graphql": language{graphqlRows, parseGraphQLText, graphqlWords},
		"mql":     language{start: mqlRows, parse: parseMQL},
	}
}

// language is how a query is started, or only planned or read, and what can be completed in it.
type language struct {
	start func(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error)
	parse func(text string) error
	words func() []string // may be nil
}

// Whole reports whether a text is a query, or has an error that no more text behind it could mend.
func (l language) Whole(text string) bool {
	text = withoutHead(text)
	if strings.TrimSpace(text) == "" {
		return false
	}
	var syntax *sparql.SyntaxError
	if errors.As(l.parse(text), &syntax) {
		return syntax.Offset < len(strings.TrimRight(text, " \t\r\n"))
	}
	return true
}

func parseGizmo(text string) error {
	_, err := compileScript(text)
	return err
}

func parseGraphQLText(text string) error {
	_, err := parseGraphQL(text, nil)
	return err
}

func parseMQL(text string) error {
	_, err := (&mqlRun{text: text}).read()
	return err
}

// Words returns names of functions, and behind a point those of methods, sorted.
func (l language) Words() []string {
	if l.words == nil {
		return nil
	}
	return l.words()
}

// Query starts a query.
func (l language) Query(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions) (settgraph.LanguageRows, error) {
	rows, err := l.rows(ctx, snap, text, opt, false)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Explain returns the plans of a query.
func (l language) Explain(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions) (string, error) {
	rows, err := l.rows(ctx, snap, text, opt, true)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	return rows.Profile(), nil
}

func (l language) rows(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions, explain bool) (*Rows, error) {
	run := runOptions{memory: opt.Memory, strict: opt.DefaultGraph == settgraph.Strict, profile: opt.Profile}
	qs := onSnapshot(snap, opt.Prefixes.Clone(), run)
	rows, err := l.start(ctx, qs, text, opt.Params, explain)
	return rows, errors.Join(err, qs.Close())
}

// gizmoWords are the functions and methods of scripts.
func gizmoWords() []string {
	words := []string{"const", "function", "graph", "let", "return", "var"}
	add := func(prefix string, list []member, all bool) {
		for _, m := range list {
			open := "("
			if m.most == 0 {
				open = "()"
			}
			for i, name := range strings.Fields(m.names) {
				if i == 0 || all {
					words = append(words, prefix+name+open)
				}
			}
		}
	}
	add("", globals(), true)
	add("g.", graphFunctions(), false)
	add(".", graphFunctions(), false)
	add(".", methods(), true)
	slices.Sort(words)
	return words
}

func graphqlWords() []string {
	return []string{"first", "fragment", "id", "include", "label", "offset", "opt", "query", "rev", "skip", "unnest"}
}
