package loader

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"sett/graph/rdfio"
	"sett/loader/arxiv"
	"sett/loader/document"
	"sett/loader/listing"
	"sett/loader/modelcard"
	"sett/loader/table"
)

// Errors of opening.
var (
	// ErrFormat says that a file's format is unknown: its name, its first bytes and --format say nothing.
	ErrFormat = errors.New("unknown format")
	// ErrYear says that a listing's dates lack a year that nothing tells.
	ErrYear = listing.ErrYear
)

// OpenOptions of Open. The zero value guesses.
type OpenOptions struct {
	Format string // listing, modelcard, arxiv, csv, or an RDF format's name; "" guesses from name, then content
	Year   int    // of a listing's dates without one; 0: one past the newest year printed in the file
	Base   string // of relative IRIs in RDF
	// BlankPrefix keeps the blank nodes of RDF files apart; see rdfio.ReaderOptions.
	BlankPrefix string
	// Lenient is asked about each malformed statement of RDF; see rdfio.ReaderOptions.
	Lenient func(*rdfio.SyntaxError) bool
	Stdin   io.Reader     // what the path "-" stands for
	Foreign []Foreign     // more formats of RDF
	Read    *atomic.Int64 // if not nil, goes up by the bytes of the file as they are read, packed as they are
}

// Foreign is a format of RDF that this package does not know and its caller does.
type Foreign struct {
	Name     string
	Suffixes []string                // of file names, with the point
	Sniff    func(first []byte) bool // whether a file begins so
	// Open reads r, which is unpacked; name is for messages.
	Open func(r io.Reader, name string, opt OpenOptions) rdfio.Reader
}

// foreign returns the format of the caller's that a file has: by the name given, by its suffix, or by its first bytes.
func (opt OpenOptions) foreign(path string, first []byte) (Foreign, bool) {
	for _, f := range opt.Foreign {
		if opt.Format == f.Name || opt.Format == "" && (slices.Contains(f.Suffixes, suffix(path)) || f.Sniff(first)) {
			return f, true
		}
	}
	return Foreign{}, false
}

// suffix returns the ending of a file's name in lower case, those of packers left aside.
func suffix(path string) string {
	for _, packed := range []string{".gz", ".zst", ".bz2"} {
		path = strings.TrimSuffix(path, packed)
	}
	return strings.ToLower(filepath.Ext(path))
}

// Input is an open file: Documents or RDF, the other is nil. Close it.
type Input struct {
	Name      string
	Format    string
	Documents document.Reader
	RDF       rdfio.Reader
	closers   []func() error
}

// Close closes the file and removes what Open has put aside.
func (in *Input) Close() error {
	var errs []error
	for _, c := range slices.Backward(in.closers) {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}

// documentFormat is a format of documents.
type documentFormat struct {
	name     string
	suffixes []string
	sniff    func(first []byte) bool
	open     func(r io.Reader, name string, opt OpenOptions) document.Reader
}

// documentFormats is the table of them, surest first.
var documentFormats = []documentFormat{
	{
		"modelcard", []string{".md", ".markdown"}, modelcard.Sniff,
		func(r io.Reader, name string, _ OpenOptions) document.Reader {
			return modelcard.NewReader(r, modelcard.Options{File: name})
		},
	},
	{
		"arxiv", []string{".jsonl", ".ndjson"}, arxiv.Sniff,
		func(r io.Reader, name string, _ OpenOptions) document.Reader {
			return arxiv.NewReader(r, arxiv.Options{File: name})
		},
	},
	{
		"csv", []string{".csv", ".tsv"}, table.Sniff,
		func(r io.Reader, name string, _ OpenOptions) document.Reader {
			return table.NewReader(r, table.Options{File: name})
		},
	},
	{
		"listing", nil, listing.Sniff,
		func(r io.Reader, name string, opt OpenOptions) document.Reader {
			return listing.NewReader(r, listing.Options{File: name, Year: opt.Year})
		},
	},
}

// Formats returns the names of all formats that Open takes, those of documents first.
func Formats() []string {
	var names []string
	for _, f := range documentFormats {
		names = append(names, f.name)
	}
	for _, f := range rdfio.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Files returns the files that a path stands for: the path itself, or, of a folder, the regular files below it, sorted. Names that
// begin with a point are left out, and folders of which skip, if not nil, says so.
func Files(path string, skip func(dir string) bool) ([]string, error) {
	if path == "-" {
		return []string{path}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && p != path:
			if d.IsDir() {
				return filepath.SkipDir
			}
		case d.IsDir() && skip != nil && skip(p):
			return filepath.SkipDir
		case d.Type().IsRegular():
			files = append(files, p)
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// Open opens a file of documents or of RDF, plain or compressed (.gz, .zst, .bz2). Errors: fs.ErrNotExist and its kin, [ErrFormat]
// and [ErrYear] wrapped with the file's name.
func Open(path string, opt OpenOptions) (*Input, error) {
	in := &Input{Name: path}
	if path == "-" {
		in.Name = "standard input"
	}
	r, err := in.stream(path, opt)
	if err == nil {
		err = in.settle(r, path, opt)
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// stream opens the bytes behind a path, unpacked.
func (in *Input) stream(path string, opt OpenOptions) (io.Reader, error) {
	if path == "-" {
		if opt.Stdin == nil {
			return nil, fmt.Errorf("%s: nothing to read", in.Name)
		}
		return rdfio.Decompress(opt.Stdin, in.Name)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in.closers = append(in.closers, f.Close)
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: a folder, not a file", path)
	}
	if opt.Read == nil {
		return rdfio.Decompress(f, path)
	}
	return rdfio.Decompress(counting{f, opt.Read}, path)
}

// counting counts the bytes that are read.
type counting struct {
	io.Reader
	n *atomic.Int64
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// settle decides the format and makes the reader.
func (in *Input) settle(r io.Reader, path string, opt OpenOptions) error {
	b := bufio.NewReaderSize(r, 1<<16)
	first, err := b.Peek(1 << 15)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	if f, ok := opt.foreign(path, first); ok {
		in.Format, in.RDF = f.Name, f.Open(b, in.Name, opt)
		return nil
	}
	docs, syntax, err := choose(path, opt.Format, first)
	if err != nil {
		return fmt.Errorf("%s: %w", in.Name, err)
	}
	if docs == nil {
		in.Format = syntax.Name
		in.RDF, err = rdfio.NewReader(b, syntax, rdfio.ReaderOptions{Base: opt.Base, File: in.Name, Lenient: opt.Lenient, BlankPrefix: opt.BlankPrefix})
		return err
	}
	in.Format = docs.name
	var source io.Reader = b
	if docs.name == "listing" && opt.Year == 0 {
		if source, opt.Year, err = in.listingYear(b, path, opt); err != nil {
			return err
		}
	}
	in.Documents = docs.open(source, in.Name, opt)
	return nil
}

// listingYear finds the year of dates without one. It reads the file twice; standard input is put aside in a temporary file.
func (in *Input) listingYear(b io.Reader, path string, opt OpenOptions) (io.Reader, int, error) {
	before := int64(0)
	if opt.Read != nil {
		before = opt.Read.Load() - int64(1<<16) // the beginning has been looked at
	}
	again := func() (io.Reader, error) {
		if opt.Read != nil {
			opt.Read.Store(max(before, 0)) // the first reading was no progress
		}
		return in.stream(path, OpenOptions{Read: opt.Read})
	}
	if path == "-" {
		f, err := os.CreateTemp("", "sett-listing-*")
		if err != nil {
			return nil, 0, err
		}
		in.closers = append(in.closers, func() error { return os.Remove(f.Name()) }, f.Close)
		b = io.TeeReader(b, f)
		again = func() (io.Reader, error) {
			_, err := f.Seek(0, io.SeekStart)
			return f, err
		}
	}
	newest, lacking, err := listing.NewestYear(b)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", in.Name, err)
	}
	year := 0
	if lacking {
		if newest == 0 {
			return nil, 0, fmt.Errorf("%s: %w", in.Name, ErrYear)
		}
		year = newest + 1
	}
	r, err := again()
	return r, year, err
}

// choose returns the format of documents, or else the syntax of RDF: by the name given, by the file's suffix, by its first bytes.
func choose(path, name string, first []byte) (*documentFormat, rdfio.Format, error) {
	none := rdfio.Format{}
	if name != "" {
		for i := range documentFormats {
			if documentFormats[i].name == name {
				return &documentFormats[i], none, nil
			}
		}
		if f, ok := rdfio.FormatByName(name); ok {
			return nil, f, nil
		}
		return nil, none, fmt.Errorf("%w %q; there are %s", ErrFormat, name, strings.Join(Formats(), ", "))
	}
	for i := range documentFormats {
		if slices.Contains(documentFormats[i].suffixes, suffix(path)) {
			return &documentFormats[i], none, nil
		}
	}
	if f, ok := rdfio.FormatByPath(path); ok {
		return nil, f, nil
	}
	if f, ok := rdfio.Sniff(first); ok {
		return nil, f, nil
	}
	for i := range documentFormats {
		if documentFormats[i].sniff(first) {
			return &documentFormats[i], none, nil
		}
	}
	return nil, none, fmt.Errorf("%w: neither name nor content tells it; give --format, one of %s", ErrFormat, strings.Join(Formats(), ", "))
}
