package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"sett/graph"
	"sett/graph/cayley"
	"sett/graph/rdf"
	"sett/graph/rdfio"
	"sett/loader"
	"sett/loader/document"
)

// sources opens inputs lazily, one after the other, once all of them are known to be there. A folder stands for the
// files in it.
func (a *app) sources(ctx context.Context, paths []string, in input) (*sources, error) {
	if in.lexicon != "" { // which RDF would never look at
		if _, err := os.Stat(in.lexicon); err != nil {
			return nil, fmt.Errorf("--lexicon: %w", err)
		}
	}
	s := new(sources)
	sized := true
	for _, path := range paths {
		if graph.IsDatabase(path) {
			return nil, fmt.Errorf("%s: a database; sett export writes what it holds as RDF, sett backup all of it", path)
		}
		files, err := loader.Files(path, graph.IsDatabase)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: no such file", path)
		}
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				s.size += info.Size()
			} else {
				sized = false
			}
			s.open = append(s.open, func() (stream, error) {
				st, err := a.stream(ctx, file, in, s)
				if file != path && errors.Is(err, loader.ErrFormat) { // what else lies in a folder
					s.passedOver = append(s.passedOver, file)
					return nothingThere{}, nil
				}
				return st, err
			})
		}
	}
	if !sized {
		s.size = 0
	}
	return s, nil
}

// stream opens one input, finds out what it holds, and reads it as documents or as RDF.
func (a *app) stream(ctx context.Context, path string, in input, s *sources) (stream, error) {
	opt := loader.OpenOptions{Format: in.format, Year: in.year, Base: in.base, BlankPrefix: blankPrefix(path), Stdin: a.in, Foreign: []loader.Foreign{cayleyDumps}, Read: &s.read}
	if opt.Base == "" {
		opt.Base = fileBase(path)
	}
	if in.goOn {
		opt.Lenient = func(err *rdfio.SyntaxError) bool {
			a.complain(err)
			return true
		}
	}
	file, err := loader.Open(path, opt)
	if err != nil {
		return nil, err
	}
	if file.RDF != nil {
		return reading{file.RDF, file}, nil
	}
	extraction := loader.Options{NoEvidence: in.noEvidence, Threads: in.threads}
	if in.lexicon != "" {
		if extraction.Lexicon, err = loader.Lexicon(in.lexicon); err != nil {
			return nil, errors.Join(err, file.Close())
		}
	}
	if in.goOn {
		extraction.Lenient = func(skipped *document.Skipped) bool {
			a.complain(skipped)
			return true
		}
	}
	return closing{extracted(ctx, file.Documents, extraction, s.addReport), file}, nil
}

// complain tells what --continue passes over, in the place of a progress bar.
func (a *app) complain(err error) {
	clear := ""
	if terminal(a.err) {
		clear = clearLine
	}
	fmt.Fprintf(a.err, "%s%v\n", clear, err)
}

// nothingThere is an input without quads.
type nothingThere struct{}

func (nothingThere) Read([]rdf.Quad) (int, error) { return 0, io.EOF }
func (nothingThere) Close() error                 { return nil }

// reading is a reader of RDF and its file.
type reading struct {
	rdfio.Reader
	io.Closer
}

// closing closes a file after the stream that reads it.
type closing struct {
	*pull
	file io.Closer
}

func (c closing) Close() error { return errors.Join(c.pull.Close(), c.file.Close()) }

// blankPrefix keeps blank nodes of different files apart, and those of the same file the same from load to load.
func blankPrefix(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	h := fnv.New64a()
	io.WriteString(h, path)
	return fmt.Sprintf("f%x-", h.Sum64())
}

// fileBase is a file's own address, "" for standard input.
func fileBase(path string) string {
	full, err := filepath.Abs(path)
	if err != nil || path == "-" {
		return ""
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(full)}).String()
}

// cayleyDumps is the binary form in which Cayley dumps its quads.
var cayleyDumps = loader.Foreign{
	Name:     cayley.DumpFormat,
	Suffixes: []string{cayley.DumpSuffix},
	Sniff:    cayley.IsDump,
	Open: func(r io.Reader, name string, opt loader.OpenOptions) rdfio.Reader {
		return cayley.NewDumpReader(r, name, opt.BlankPrefix)
	},
}

// formats are the names that --format takes.
func formats() []string { return append(loader.Formats(), cayleyDumps.Name) }
