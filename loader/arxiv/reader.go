package arxiv

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"sett/loader/document"
	"sett/loader/record"
)

// DefaultMaxLine is the longest line read unless [Options] say otherwise, in bytes.
const DefaultMaxLine = 64 << 20

// Errors of a line, wrapped in a *document.Skipped.
var (
	// ErrLong says that a line is longer than allowed.
	ErrLong = errors.New("line too long")
	// ErrObject says that a line is not one JSON object.
	ErrObject = errors.New("not the JSON object of a paper")
)

// Options of a [Reader]. The zero value is right but for messages.
type Options struct {
	File    string // for messages
	MaxLine int    // bytes of the longest line; 0: DefaultMaxLine
}

// Reader yields the papers of a file of JSON lines. It implements document.Reader.
type Reader struct {
	in   *bufio.Reader
	opt  Options
	line int // of the last object
	buf  []byte

	begun, spread bool // how objects are told apart has been decided; by their brackets, not by lines
	inside        bool // the array
	at            int  // line of the next byte, where spread
}

// NewReader returns a reader of r.
func NewReader(r io.Reader, opt Options) *Reader {
	if opt.MaxLine <= 0 {
		opt.MaxLine = DefaultMaxLine
	}
	return &Reader{in: bufio.NewReaderSize(r, 1<<16), opt: opt}
}

// Sniff reports whether a file that begins with first looks like one for this package: an object, in an array or not, that has a title
// or an abstract among its keys, and is no JSON-LD.
func Sniff(first []byte) bool {
	isSpread := spread(first)
	first = bytes.TrimLeft(bytes.TrimPrefix(first, bom), " \t\r\n")
	if len(first) == 0 || first[0] != '{' && !isSpread {
		return false
	}
	line := first
	if !isSpread {
		line, _, _ = bytes.Cut(first, []byte{'\n'})
	}
	has := func(key string) bool { return bytes.Contains(line, []byte(key)) }
	return (has(`"title"`) || has(`"abstract"`)) && !has(`"@context"`) && !has(`"@id"`)
}

var bom = []byte("\ufeff")

// Next returns the next paper, or io.EOF. Blank lines are passed over.
func (r *Reader) Next() (*document.Document, error) {
	r.begin()
	for {
		read := r.readLine
		if r.spread {
			read = r.readValue
		}
		line, err := read()
		if err != nil {
			return nil, err
		}
		if r.line == 1 {
			line = bytes.TrimPrefix(line, bom)
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		doc, err := r.parse(line)
		if err != nil {
			return nil, &document.Skipped{File: r.opt.File, Line: r.line, Err: err}
		}
		return doc, nil
	}
}

// readLine returns the next line; it is valid until the next call. A line that is too long is read to its end, and is an
// error after which reading goes on.
func (r *Reader) readLine() ([]byte, error) {
	r.buf = r.buf[:0]
	size := 0
	for {
		part, err := r.in.ReadSlice('\n')
		if size += len(part); size <= r.opt.MaxLine {
			r.buf = append(r.buf, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && size > 0 {
			err = nil
		}
		if err == io.EOF {
			return nil, err
		}
		r.line++
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", r.opt.File, r.line, err)
		}
		if size > r.opt.MaxLine {
			r.buf = nil
			return nil, &document.Skipped{File: r.opt.File, Line: r.line,
				Err: fmt.Errorf("%w: %d bytes, at most %d", ErrLong, size, r.opt.MaxLine)}
		}
		return r.buf, nil
	}
}

// parse turns a line into a document.
func (r *Reader) parse(line []byte) (*document.Document, error) {
	if !utf8.Valid(line) {
		column := 1
		for rest := line; len(rest) > 0; column++ {
			c, size := utf8.DecodeRune(rest)
			if c == utf8.RuneError && size == 1 {
				break
			}
			rest = rest[size:]
		}
		return nil, fmt.Errorf("%w at column %d", record.ErrEncoding, column)
	}
	if line[0] != '{' {
		return nil, fmt.Errorf("%w: it begins with %q", ErrObject, firstRune(line))
	}
	var o object
	if err := json.Unmarshal(line, &o); err != nil {
		return nil, at(err, line)
	}
	return o.record().Document(r.opt.File, r.line)
}

func firstRune(line []byte) rune {
	c, _ := utf8.DecodeRune(line)
	return c
}

// at says where in the line JSON is malformed, with columns in code points.
func at(err error, line []byte) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before := min(max(int(syntax.Offset)-1, 0), len(line))
		return fmt.Errorf("%w: column %d: %w", ErrObject, utf8.RuneCount(line[:before])+1, err)
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("%w: %q is a %s", ErrObject, kind.Field, kind.Value)
	}
	return fmt.Errorf("%w: %w", ErrObject, err)
}
