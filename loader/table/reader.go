package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sett/loader/document"
	"sett/loader/record"
)

// DefaultMaxRow is the longest row read unless [Options] say otherwise, in bytes.
const DefaultMaxRow = 64 << 20

// Errors of a table.
var (
	// ErrHeader says that the first row does not name a title or an abstract, or names a column twice.
	ErrHeader = errors.New("not the header of a table of papers")
	// ErrRow says that a row is malformed; it is wrapped in a *document.Skipped.
	ErrRow = errors.New("malformed row")
	// ErrLong says that a row is longer than allowed, perhaps for want of a closing quote. Nothing can be read after it.
	ErrLong = errors.New("row too long")
)

// columns are the names of a column, folded as foldName does, and what becomes of a value.
var columns = []struct {
	names []string
	set   func(r *record.Record, value string) error
}{
	{[]string{"title", "papertitle", "name"}, func(r *record.Record, v string) error { r.Title = v; return nil }},
	{[]string{"abstract", "summary", "text", "description"}, func(r *record.Record, v string) error { r.Abstract = v; return nil }},
	{[]string{"authors", "author"}, func(r *record.Record, v string) error { r.Authors = record.Authors(v); return nil }},
	{[]string{"date", "published", "publicationdate", "issued"}, setDate},
	{[]string{"year", "publicationyear"}, func(r *record.Record, v string) error {
		if r.Date.Year != 0 {
			return nil // the date says more
		}
		return setDate(r, v)
	}},
	{[]string{"arxiv", "arxivid"}, func(r *record.Record, v string) error { r.ArXiv = v; return nil }},
	{[]string{"doi"}, func(r *record.Record, v string) error { r.DOI = v; return nil }},
	{[]string{"url", "link", "links", "urls"}, func(r *record.Record, v string) error {
		r.Links = append(r.Links, strings.FieldsFunc(v, func(c rune) bool { return strings.ContainsRune(" \t\n;|,", c) })...)
		return nil
	}},
	{[]string{"license", "licence"}, func(r *record.Record, v string) error { r.License = v; return nil }},
	{[]string{"id", "key", "paperid"}, func(r *record.Record, v string) error { r.ID = v; return nil }},
	{[]string{"authorcount", "numberofauthors"}, func(r *record.Record, v string) error { return setCount(&r.AuthorCount, v) }},
	{[]string{"upvotes", "votes"}, func(r *record.Record, v string) error { return setCount(&r.Upvotes, v) }},
	{[]string{"comments", "commentcount"}, func(r *record.Record, v string) error { return setCount(&r.Comments, v) }},
}

func setDate(r *record.Record, v string) error {
	d, ok := record.Date(v)
	if !ok {
		return fmt.Errorf("%q is no date", v)
	}
	r.Date = d
	return nil
}

func setCount(to *int, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is no count", v)
	}
	*to = n
	return nil
}

// Options of a [Reader]. The zero value is right but for messages.
type Options struct {
	File   string // for messages
	MaxRow int    // bytes of the longest row; 0: DefaultMaxRow
}

// Reader yields the papers of a table. It implements document.Reader.
type Reader struct {
	opt   Options
	in    *limited
	csv   *csv.Reader
	names []string // of the header, as they stand
	order []int    // columns' indexes in the order of the table above; -1 where the header lacks one
	next  int      // 1-based line at which the row after the last begins
	err   error    // after which nothing can be read
}

// NewReader returns a reader of r.
func NewReader(r io.Reader, opt Options) *Reader {
	if opt.MaxRow <= 0 {
		opt.MaxRow = DefaultMaxRow
	}
	return &Reader{opt: opt, in: &limited{r: bufio.NewReaderSize(r, 1<<16), max: opt.MaxRow}}
}

// Sniff reports whether a file that begins with first looks like a table of papers: its first line holds two columns or
// more, one of them the title or the abstract.
func Sniff(first []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(first, bom), []byte{'\n'})
	comma := separator(line)
	c := csv.NewReader(bytes.NewReader(line))
	c.Comma = comma
	header, err := c.Read()
	if err != nil || len(header) < 2 {
		return false
	}
	_, err = match(header)
	return err == nil
}

var bom = []byte("\ufeff")

// separator returns the most frequent of the usual ones in a header; a comma if there is none.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := bytes.Count(header, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// foldName is a column's name without case, spaces and marks.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-.", r) {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(s)))
}

// match finds the columns in a header.
func match(header []string) ([]int, error) {
	order := make([]int, len(columns))
	used := false
	for i, c := range columns {
		order[i] = -1
		for at, name := range header {
			if !slices.Contains(c.names, foldName(name)) {
				continue
			}
			if order[i] >= 0 {
				return nil, fmt.Errorf("%w: %q and %q are both the %s", ErrHeader, header[order[i]], name, c.names[0])
			}
			order[i] = at
			used = used || i < 2
		}
	}
	if !used {
		return nil, fmt.Errorf("%w: no column title or abstract in %q", ErrHeader, header)
	}
	return order, nil
}

// Next returns the next paper, or io.EOF. Rows of empty values are passed over. Errors other than *document.Skipped
// repeat.
func (r *Reader) Next() (*document.Document, error) {
	if r.err == nil && r.csv == nil {
		r.err = r.header()
	}
	if r.err != nil {
		return nil, r.err
	}
	for {
		r.in.left = r.opt.MaxRow
		row, err := r.csv.Read()
		line := r.line(row, err)
		var syntax *csv.ParseError
		switch {
		case err == io.EOF:
			r.err = io.EOF
			return nil, r.err
		case errors.Is(err, ErrLong):
			r.err = fmt.Errorf("%s:%d: %w", r.opt.File, line, err)
			return nil, r.err
		case errors.As(err, &syntax):
			return nil, r.skip(line, fmt.Errorf("%w: line %d, column %d: %w", ErrRow, syntax.Line, syntax.Column, syntax.Err))
		case err != nil:
			r.err = fmt.Errorf("%s:%d: %w", r.opt.File, line, err)
			return nil, r.err
		case len(row) != len(r.names):
			return nil, r.skip(line, fmt.Errorf("%w: %d values under %d names", ErrRow, len(row), len(r.names)))
		case strings.Join(row, "") == "":
			continue
		}
		rec := record.New()
		for i, c := range columns {
			if r.order[i] < 0 {
				continue
			}
			value := strings.TrimSpace(row[r.order[i]])
			if value == "" {
				continue
			}
			if err := c.set(rec, value); err != nil {
				return nil, r.skip(line, fmt.Errorf("%w: %s: %w", ErrRow, r.names[r.order[i]], err))
			}
		}
		doc, err := rec.Document(r.opt.File, line)
		if err != nil {
			return nil, r.skip(line, err)
		}
		return doc, nil
	}
}

func (r *Reader) skip(line int, err error) error {
	return &document.Skipped{File: r.opt.File, Line: line, Err: err}
}

// line returns the line at which the row just read begins, and notes where the next one does.
func (r *Reader) line(row []string, err error) int {
	line := r.next
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		line, r.next = syntax.StartLine, syntax.Line+1
	case err == nil:
		last := len(row) - 1
		line, _ = r.csv.FieldPos(0)
		r.next, _ = r.csv.FieldPos(last)
		r.next += strings.Count(row[last], "\n") + 1
	}
	return line
}

// header reads the first row and prepares the reader.
func (r *Reader) header() error {
	in := r.in.r
	if first, _ := in.Peek(len(bom)); bytes.Equal(first, bom) {
		in.Discard(len(bom))
	}
	start, _ := in.Peek(1 << 12)
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	r.csv = csv.NewReader(r.in)
	r.csv.Comma = separator(line)
	r.csv.FieldsPerRecord = -1
	r.csv.ReuseRecord = true
	r.in.left = r.opt.MaxRow
	names, err := r.csv.Read()
	if err == io.EOF {
		return io.EOF
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %w", r.opt.File, ErrHeader, err)
	}
	r.line(names, nil)
	r.names = slices.Clone(names)
	if r.order, err = match(r.names); err != nil {
		return fmt.Errorf("%s:1: %w", r.opt.File, err)
	}
	return nil
}

// limited passes on bytes until a row has had its share; encoding/csv alone would keep a row of any size in memory.
type limited struct {
	r         *bufio.Reader
	left, max int
}

// Read implements io.Reader. The share is exceeded by at most one buffer, which the CSV reader fills ahead of the row.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("%w: more than %d bytes", ErrLong, l.max)
	}
	n, err := l.r.Read(p)
	l.left -= n
	return n, err
}
