package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"sett/graph/dot"
	"sett/graph/rdf"
)

// cmdDot draws the last result, or a node with what is around it. The arguments are told apart by what they look like:
// a number is the depth, a name with a picture's ending is the file, the rest is the node.
func (s *Session) cmdDot(ctx context.Context, args []string) error {
	depth, path := 1, ""
	var node []string
	for i, arg := range args {
		_, isPicture := dot.FormatByPath(arg)
		n, err := strconv.Atoi(arg)
		switch {
		case isPicture && i == len(args)-1:
			path = arg
		case err == nil && len(node) > 0 && n >= 0 && i >= len(args)-2:
			depth = n
		default:
			node = append(node, arg)
		}
	}
	if len(args) > 0 && path == "" && strings.Contains(args[len(args)-1], ".") && len(node) > 1 {
		return &UsageError{fmt.Sprintf(".dot: %s is no picture's name: expected .svg, .png, .jpg or .dot at its end", args[len(args)-1])}
	}
	e := s.explorer()
	opt := dot.Options{Prefixes: s.prefixes}
	quads := s.last.quads
	var hubs []Hub
	switch {
	case len(node) > 0:
		t, err := e.Node(ctx, strings.Join(node, " "))
		if err != nil {
			return err
		}
		opt.Focus = []rdf.Term{t}
		if quads, hubs, err = e.Neighbourhood(ctx, opt.Focus, depth); err != nil {
			return err
		}
	case len(s.last.nodes) > 0 && len(quads) == 0:
		var err error
		if quads, err = e.Between(ctx, distinct(s.last.nodes)); err != nil {
			return err
		}
	}
	if len(quads) == 0 {
		return &UsageError{".dot: there is no result with nodes to draw: run a query first, or name a node"}
	}
	g, err := e.Picture(ctx, quads, opt)
	if err != nil {
		return err
	}
	if path == "" {
		return g.Write(ctx, s.out, dot.DOT)
	}
	if err := SavePicture(ctx, g, path); err != nil {
		return err
	}
	drawn, total := g.Drawn()
	if drawn < total {
		s.note("%s: %d of %d nodes drawn", path, drawn, total)
	} else {
		s.note("%s: %s", path, plural(drawn, "node"))
	}
	s.note("%s", s.wrapped(e.HubNote(hubs), 0))
	return nil
}

// Picture chooses what to draw of quads, with the labels and classes that the graph has for their nodes.
func (e Explorer) Picture(ctx context.Context, quads []rdf.Quad, opt dot.Options) (*dot.Graph, error) {
	if err := opt.Lookup(quads, func(query string) ([][]rdf.Term, error) { return e.rows(ctx, query) }); err != nil {
		return nil, err
	}
	return dot.New(quads, opt), nil
}

// distinct drops repeated terms.
func distinct(terms []rdf.Term) []rdf.Term {
	seen := make(map[string]bool)
	var kept []rdf.Term
	for _, t := range terms {
		if key := t.String(); !seen[key] {
			seen[key] = true
			kept = append(kept, t)
		}
	}
	return kept
}

// SavePicture writes a picture to a file, in the format of the name's ending. After an error there is no file, or the
// one that was there before.
func SavePicture(ctx context.Context, g *dot.Graph, path string) error {
	format, ok := dot.FormatByPath(path)
	if !ok {
		return &UsageError{fmt.Sprintf("%s: expected .svg, .png, .jpg or .dot at the end of a picture's name", path)}
	}
	return SaveFile(path, func(w io.Writer) error { return g.Write(ctx, w, format) })
}

// SaveFile writes a file aside and renames it when it is whole, so that an error leaves what was there before.
func SaveFile(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s: is a folder, expected a file's name", path)
	}
	f, err := os.CreateTemp(dirOf(path), ".sett-*")
	if err != nil {
		return fmt.Errorf("%s: %w", path, pathless(err))
	}
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("%s: %w", path, pathless(err))
	}
	return nil
}

// pathless strips a temporary file's name from an error that is told with the real one.
func pathless(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

func dirOf(path string) string {
	if i := strings.LastIndexByte(path, os.PathSeparator); i >= 0 {
		return path[:i+1]
	}
	return "."
}
