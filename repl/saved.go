package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"sett/graph/rdf"
	"sett/queries"
)

// SavedFolder is where .save keeps queries, below the working folder.
const SavedFolder = "queries"

// Library lists the saved queries: of the folders given, ./queries, the user's configuration folder, and those built in.
func Library(folders []string) *queries.Library {
	dirs := append(append([]string(nil), folders...), SavedFolder)
	if config, err := os.UserConfigDir(); err == nil {
		dirs = append(dirs, filepath.Join(config, "sett", "queries"))
	}
	return queries.Open(dirs...)
}

// savedQueries are the saved queries that can be run.
func (s *Session) savedQueries() []queries.Query {
	var good []queries.Query
	for _, q := range Library(s.Queries).List() {
		if q.Err == nil {
			good = append(good, q)
		}
	}
	return good
}

// Arguments reads "k=v" arguments.
func Arguments(args []string) (map[string]string, error) {
	values := make(map[string]string, len(args))
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, &UsageError{fmt.Sprintf("%q: expected NAME=VALUE", arg)}
		}
		if _, twice := values[name]; twice {
			return nil, &UsageError{fmt.Sprintf("%s is given twice", name)}
		}
		values[name] = value
	}
	return values, nil
}

// Bind returns the terms of a saved query's parameters. A value of type iri may be a label, which is looked up.
//
// Errors: *queries.ParamError; those of Node.
func (e Explorer) Bind(ctx context.Context, q queries.Query, values map[string]string) (map[string]rdf.Term, error) {
	for {
		terms, err := q.Bind(values, e.Prefixes)
		var wrong *queries.ParamError
		if !errors.Is(err, queries.ErrLabel) || !errors.As(err, &wrong) {
			return terms, err
		}
		node, nodeErr := e.Node(ctx, wrong.Value)
		if nodeErr != nil {
			return nil, &queries.ParamError{Query: wrong.Query, Param: wrong.Param, Value: wrong.Value, Err: nodeErr}
		}
		if values == nil {
			values = make(map[string]string)
		}
		values[wrong.Param] = node.String()
	}
}

// PrintQueries lists saved queries: name, title, parameters; in lines of at most screen columns, 0 for any number.
func PrintQueries(w io.Writer, all []queries.Query, screen int) {
	width := 0
	for _, q := range all {
		width = max(width, utf8.RuneCountInString(q.Name))
	}
	for _, q := range all {
		title := q.Title
		if q.Err != nil {
			title = "cannot be used: " + q.Err.Error()
		}
		fmt.Fprintf(w, "%-*s%s\n", width, q.Name, wrap(title, width+2, screen)[width:])
		for _, p := range q.Params {
			given := p.Name + "=" + p.Default
			switch {
			case p.Required:
				given = p.Name + "=…"
			case p.Default == "":
				given = "[" + p.Name + "=…]"
			}
			line := given + "  " + p.Type
			if p.Text != "" {
				line += ": " + p.Text
			}
			fmt.Fprintln(w, wrap(line, width+4, screen))
		}
	}
}

func (s *Session) cmdQueries(context.Context, []string) error {
	PrintQueries(s.out, Library(s.Queries).List(), s.screen())
	return nil
}

func (s *Session) cmdRun(ctx context.Context, args []string) error {
	q, err := Library(s.Queries).Find(args[0])
	if err != nil {
		return err
	}
	values, err := Arguments(args[1:])
	if err != nil {
		return err
	}
	params, err := s.explorer().Bind(ctx, q, values)
	if err != nil {
		return err
	}
	before := s.Query.Lang
	s.Query.Lang = q.Lang
	defer func() { s.Query.Lang = before }()
	return s.query(ctx, q.Text, params)
}

func (s *Session) cmdSave(_ context.Context, args []string) error {
	if s.lastQuery == "" {
		return &UsageError{".save: there is no query yet"}
	}
	// What was declared at the prompt must be in the file.
	var head strings.Builder
	usual := DefaultPrefixes()
	for prefix, ns := range s.prefixes.All() {
		if known, ok := usual.Namespace(prefix); ok && known == ns {
			continue
		}
		switch s.lastLang {
		case "sparql":
			fmt.Fprintf(&head, "PREFIX %s: %s\n", prefix, rdf.NewIRI(ns))
		case "gizmo":
			fmt.Fprintf(&head, "g.addNamespace(%q, %q)\n", prefix, ns)
		}
	}
	path, err := queries.SaveIn(s.lastLang, SavedFolder, args[0], strings.Join(args[1:], " "), head.String()+s.lastQuery)
	if err != nil {
		return err
	}
	s.note("%s", path)
	return nil
}
