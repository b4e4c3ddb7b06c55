package listing

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"sett/loader/document"
)

// maxLine bounds the bytes of a line, so that a file without line feeds is an error and not all of memory.
const maxLine = 16 << 20

// Options of a Reader. The zero value reads listings whose dates all have a year.
type Options struct {
	File string // for messages
	Year int    // of dates without a year; 0: such a date is an error
}

// Reader yields the papers of a listing. It implements document.Reader. Malformed lines are *document.Skipped errors.
type Reader struct {
	in   *bufio.Reader
	opt  Options
	line int
	buf  []byte
}

// Errors of a listing.
var (
	// ErrYear says that a date without a year cannot be completed.
	ErrYear = errors.New("a date without a year, and no dated entry to tell the year from: give it with --year")
	// ErrLine says that a line is not a paper.
	ErrLine = errors.New("not a paper of a listing")
)

// NewReader returns a reader of r.
func NewReader(r io.Reader, opt Options) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, 1<<16), opt: opt}
}

// Next returns the next paper.
func (r *Reader) Next() (*document.Document, error) {
	for {
		line, err := r.readLine()
		if err != nil {
			return nil, err
		}
		s := strings.TrimSpace(string(line))
		if r.line == 1 {
			s = strings.TrimPrefix(s, "\ufeff")
		}
		if s == "" || s == "-" {
			continue
		}
		doc, err := r.parse(s)
		if err != nil {
			return nil, &document.Skipped{File: r.opt.File, Line: r.line, Err: err}
		}
		return doc, nil
	}
}

// readLine returns the next line without its end; it is valid until the next call.
func (r *Reader) readLine() ([]byte, error) {
	r.buf = r.buf[:0]
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		if !long {
			r.buf = append(r.buf, part...)
			long = len(r.buf) > maxLine
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || len(r.buf) == 0) {
			return nil, err
		}
		r.line++
		if long {
			return nil, &document.Skipped{File: r.opt.File, Line: r.line, Err: fmt.Errorf("%w: the line is longer than %d bytes", ErrLine, maxLine)}
		}
		return bytes.TrimRight(r.buf, "\r\n"), nil
	}
}

// parse turns a line into a document.
func (r *Reader) parse(s string) (*document.Document, error) {
	if !utf8.ValidString(s) {
		for i, c := range s {
			if c == utf8.RuneError {
				if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
					return nil, fmt.Errorf("%w: not UTF-8 at column %d", ErrLine, utf8.RuneCountInString(s[:i])+1)
				}
			}
		}
	}
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	doc := document.New()
	doc.Source, doc.Line = r.opt.File, r.line
	body, tail, ok := cutTail(s)
	if !ok {
		return nil, fmt.Errorf(`%w: it does not end with "<N> authors · <Mon> <D>[, <YYYY>] [<comments>]"`, ErrLine)
	}
	doc.AuthorCount, doc.Date, doc.Comments = tail.authors, tail.date, tail.comments
	if doc.Date.Year == 0 {
		if r.opt.Year == 0 {
			return nil, ErrYear
		}
		doc.Date.Year = r.opt.Year
	}
	if doc.Date.Day > daysIn(doc.Date.Year, doc.Date.Month) {
		return nil, fmt.Errorf("%w: no day %d in that month", ErrLine, doc.Date.Day)
	}
	first, rest, _ := strings.Cut(body, " ")
	if n, ok := count(first); ok && rest != "" {
		doc.Upvotes, body = n, rest
	} else if first == "-" || first == "–" || first == "—" {
		body = rest
	}
	body = strings.TrimSpace(body)
	if body == "" {
		return nil, fmt.Errorf("%w: no title", ErrLine)
	}
	at := Split(body)
	doc.Title, doc.Text = strings.TrimSpace(body[:at]), strings.TrimSpace(body[at:])
	return doc, nil
}

// NewestYear returns the newest year printed in a listing, 0 if there is none, and whether a date lacks its year.
func NewestYear(r io.Reader) (newest int, lacking bool, err error) {
	lines := NewReader(r, Options{})
	for {
		line, err := lines.readLine()
		if err == io.EOF {
			return newest, lacking, nil
		}
		if err != nil {
			var skipped *document.Skipped
			if errors.As(err, &skipped) {
				continue
			}
			return newest, lacking, err
		}
		// The tail is short; only its bytes are turned into a string.
		if len(line) > 200 {
			line = line[len(line)-200:]
		}
		if _, t, ok := cutTail(" " + string(line)); ok {
			newest = max(newest, t.date.Year)
			lacking = lacking || t.date.Year == 0
		}
	}
}

// Sniff reports whether a file that begins with first looks like a listing: among its first lines is one that begins with a
// count or a dash, or ends as the lines of a listing do. An empty file is an empty listing.
func Sniff(first []byte) bool {
	s := strings.TrimPrefix(string(first), "\ufeff")
	if strings.TrimSpace(s) == "" {
		return true
	}
	lines := strings.Split(s, "\n")
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // the last may be cut short
	}
	for _, line := range lines {
		if _, _, ok := cutTail(html.UnescapeString(strings.TrimSpace(line))); ok {
			return true
		}
	}
	// One long line, or none whole: by its beginning.
	word, rest, _ := strings.Cut(strings.TrimSpace(lines[0]), " ")
	_, ok := count(word)
	return (ok || word == "-") && len(rest) > 40
}
