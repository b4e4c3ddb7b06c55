package results

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"sett/graph/rdf"
)

// Format is one way to spell results.
type Format struct {
	Name       string   // as in --format
	Suffixes   []string // of files, with the point
	MediaTypes []string // the first is what we say ourselves

	write func(io.Writer, []string, Options) Writer
	read  func(io.Reader) (Reader, error)
}

// CanRead reports whether NewReader knows the format.
func (f Format) CanRead() bool { return f.read != nil }

// formats is the table of formats.
var formats = []Format{
	{Name: "table", Suffixes: nil, MediaTypes: []string{"text/plain"}, write: newTableWriter},
	{Name: "json", Suffixes: []string{".srj", ".json"}, MediaTypes: []string{"application/sparql-results+json", "application/json"}, write: newJSONWriter, read: newJSONReader},
	{Name: "xml", Suffixes: []string{".srx", ".xml"}, MediaTypes: []string{"application/sparql-results+xml", "application/xml", "text/xml"}, write: newXMLWriter, read: newXMLReader},
	{Name: "csv", Suffixes: []string{".csv"}, MediaTypes: []string{"text/csv"}, write: newCSVWriter, read: newCSVReader},
	{Name: "tsv", Suffixes: []string{".tsv"}, MediaTypes: []string{"text/tab-separated-values"}, write: newTSVWriter, read: newTSVReader},
	{Name: "ndjson", Suffixes: []string{".ndjson", ".jsonl"}, MediaTypes: []string{"application/x-ndjson"}, write: newNDJSONWriter},
}

// Formats returns the table of formats.
func Formats() []Format { return slices.Clone(formats) }

// FormatByName finds a format by its name.
func FormatByName(name string) (Format, bool) {
	return find(func(f *Format) bool { return f.Name == strings.ToLower(name) })
}

// FormatByPath finds a format by the suffix of a file's name.
func FormatByPath(path string) (Format, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	return find(func(f *Format) bool { return slices.Contains(f.Suffixes, ext) })
}

// FormatByMediaType finds a format by a media type, whose parameters do not count.
func FormatByMediaType(mediaType string) (Format, bool) {
	name, _, _ := strings.Cut(mediaType, ";")
	name = strings.ToLower(strings.TrimSpace(name))
	return find(func(f *Format) bool { return slices.Contains(f.MediaTypes, name) })
}

func find(is func(*Format) bool) (Format, bool) {
	for i := range formats {
		if is(&formats[i]) {
			return formats[i], true
		}
	}
	return Format{}, false
}

// Errors. Those of readers are *SyntaxError or what the io.Reader gave.
var (
	ErrColumns = errors.New("row has another number of terms than there are variables")
	ErrFormat  = errors.New("results cannot be read or written in this format")
)

// SyntaxError says where a document is wrong.
type SyntaxError struct {
	Format string
	Line   int   // from 1; 0 if unknown
	Offset int64 // in bytes; of JSON and XML
	Msg    string
}

func (e *SyntaxError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s results, line %d: %s", e.Format, e.Line, e.Msg)
	}
	return fmt.Sprintf("%s results, byte %d: %s", e.Format, e.Offset, e.Msg)
}

// Options are for the table and JSON lines; the zero value is right for a pipe.
type Options struct {
	Prefixes *rdf.Prefixes // IRIs are shown by these names; nil: in full
	Width    int           // display cells of the terminal; longer rows have cells wrapped; 0: no limit
	Cut      bool          // cut wide cells with … instead of wrapping them
	Color    bool          // allow escape sequences
	Footer   bool          // a last line with the number of rows
	Boundary int           // rows of a table held to find column widths, default 1000; more rows start another table
}

// Writer writes one result: rows in their order, or a boolean, then Close, which writes what is pending and does not
// close the io.Writer. Row takes a term a variable, the zero Term for an unbound one; it does not keep the slice.
type Writer interface {
	Row(row []rdf.Term) error
	Boolean(value bool) error
	Close() error
}

// NewWriter starts a result with variables, which are names without ? and none for a boolean. It buffers.
func NewWriter(w io.Writer, f Format, vars []string, opt Options) (Writer, error) {
	if f.write == nil {
		return nil, fmt.Errorf("%w: %q", ErrFormat, f.Name)
	}
	return f.write(w, vars, opt), nil
}

// Reader reads one result.
type Reader interface {
	// Vars returns the variables, known before the first row.
	Vars() []string
	// Boolean returns the answer of an ASK query, and whether the document is one.
	Boolean() (value, ok bool)
	// Read returns the next row, a term a variable, the zero Term if unbound; the slice is the caller's. io.EOF at the end.
	Read() ([]rdf.Term, error)
}

// NewReader reads a document's head. CSV tells strings, IRIs and numbers not apart: all but blank nodes come as strings.
func NewReader(r io.Reader, f Format) (Reader, error) {
	if f.read == nil {
		return nil, fmt.Errorf("%w: %q", ErrFormat, f.Name)
	}
	rd, err := f.read(r)
	if err != nil {
		return nil, err
	}
	vars := rd.Vars()
	for i, v := range vars {
		if slices.Contains(vars[:i], v) {
			return nil, &SyntaxError{Format: strings.ToUpper(f.Name), Msg: fmt.Sprintf("the variable %q is there twice", v)}
		}
	}
	return rd, nil
}

// Table is a whole result in memory.
type Table struct {
	Vars    []string
	Rows    [][]rdf.Term // a term a variable
	Ask     bool         // the result is a boolean:
	Boolean bool
	Ordered bool // the order of rows is part of the result (rs:index)
}

// ReadAll reads a whole document.
func ReadAll(r io.Reader, f Format) (*Table, error) {
	rd, err := NewReader(r, f)
	if err != nil {
		return nil, err
	}
	t := &Table{Vars: rd.Vars()}
	t.Boolean, t.Ask = rd.Boolean()
	for {
		row, err := rd.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, row)
	}
}

// Write writes a whole table.
func (t *Table) Write(w io.Writer, f Format, opt Options) error {
	wr, err := NewWriter(w, f, t.Vars, opt)
	if err != nil {
		return err
	}
	if t.Ask {
		if err := wr.Boolean(t.Boolean); err != nil {
			return err
		}
	}
	for _, row := range t.Rows {
		if err := wr.Row(row); err != nil {
			return err
		}
	}
	return wr.Close()
}
