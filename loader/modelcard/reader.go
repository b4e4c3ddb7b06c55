package modelcard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"sett/loader/document"
)

// DefaultMaxSize is the largest card read unless [Options] say otherwise, in bytes.
const DefaultMaxSize = 16 << 20

// Errors of a card, wrapped in a *document.Skipped.
var (
	// ErrLong says that a card is larger than allowed.
	ErrLong = errors.New("card too long")
	// ErrEncoding says that a card is not UTF-8.
	ErrEncoding = errors.New("not UTF-8")
	// ErrFrontMatter says that the YAML at the head of a card is malformed or not closed.
	ErrFrontMatter = errors.New("malformed front matter")
	// ErrEmpty says that a card says nothing.
	ErrEmpty = errors.New("neither front matter nor text")
)

// Options of a [Reader]. The zero value is right but for messages and for the name of a model that its card lacks.
type Options struct {
	File    string // for messages, and for the model's name
	MaxSize int    // bytes of the largest card; 0: DefaultMaxSize
}

// Reader yields the one document of a card. It implements document.Reader.
type Reader struct {
	in   io.Reader
	opt  Options
	done bool
}

// NewReader returns a reader of r.
func NewReader(r io.Reader, opt Options) *Reader {
	if opt.MaxSize <= 0 {
		opt.MaxSize = DefaultMaxSize
	}
	return &Reader{in: r, opt: opt}
}

// Sniff reports whether a file that begins with first looks like a card: a line of three hyphens, then one that begins
// like a key of YAML, or the first heading of Markdown.
func Sniff(first []byte) bool {
	first = bytes.TrimPrefix(first, bom)
	line, rest, _ := bytes.Cut(first, []byte{'\n'})
	switch line = bytes.TrimRight(line, " \t\r"); {
	case bytes.HasPrefix(line, []byte("# ")):
		return true
	case string(line) != "---":
		return false
	}
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte{'\n'})
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' {
			return bytes.IndexByte(line, ':') > 0 || string(line) == "---"
		}
	}
	return false
}

var bom = []byte("\ufeff")

// Next returns the card, then io.EOF.
func (r *Reader) Next() (*document.Document, error) {
	if r.done {
		return nil, io.EOF
	}
	r.done = true
	text, err := io.ReadAll(io.LimitReader(r.in, int64(r.opt.MaxSize)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.opt.File, err)
	}
	if len(text) > r.opt.MaxSize {
		return nil, r.skip(1, fmt.Errorf("%w: more than %d bytes", ErrLong, r.opt.MaxSize))
	}
	text = bytes.TrimPrefix(text, bom)
	if !utf8.Valid(text) {
		good := text[:invalid(text)]
		return nil, r.skip(bytes.Count(good, []byte{'\n'})+1, ErrEncoding)
	}
	return r.parse(strings.ReplaceAll(string(text), "\r\n", "\n"))
}

// invalid returns the offset of the first byte that is not UTF-8.
func invalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}

func (r *Reader) skip(line int, err error) error {
	return &document.Skipped{File: r.opt.File, Line: line, Err: err}
}

func (r *Reader) parse(text string) (*document.Document, error) {
	yaml, body, ok := cutFrontMatter(text)
	if !ok {
		return nil, r.skip(1, fmt.Errorf("%w: no closing ---", ErrFrontMatter))
	}
	front, line, err := parseFrontMatter(yaml)
	if err != nil {
		return nil, r.skip(line, err)
	}
	page := parseBody(body)
	if len(front) == 0 && page.heading == "" && page.text == "" {
		return nil, r.skip(1, ErrEmpty)
	}
	doc := document.New()
	doc.Source, doc.Line = r.opt.File, 1
	doc.About = front.about(r.opt.File, page.heading)
	doc.Title, doc.Text = doc.About.Name, page.text
	if names(page.heading, doc.About.Name) {
		doc.Title = page.heading
	}
	doc.ID = repository(r.opt.File)
	c := &card{about: doc.About, said: map[string]bool{}}
	c.front(front)
	c.pairs(page.pairs)
	doc.Meta = c.facts
	return doc, nil
}

// cutFrontMatter splits a card at the lines of three hyphens around its front matter; false if the second is missing.
func cutFrontMatter(text string) (yaml, body string, ok bool) {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != "---" {
		return "", text, true
	}
	for at := 0; at < len(rest); {
		line, _, more := strings.Cut(rest[at:], "\n")
		if l := strings.TrimRight(line, " \t"); l == "---" || l == "..." {
			return rest[:at], strings.TrimPrefix(rest[at+len(line):], "\n"), true
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return "", "", false
}

// repository returns owner/name of a card in a folder of that name, or the name of its folder or file.
func repository(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	dir, base := path.Split(path.Clean(file))
	if !strings.EqualFold(base, "README.md") {
		return strings.TrimSuffix(base, path.Ext(base))
	}
	dir, name := path.Split(strings.Trim(dir, "/"))
	if owner := path.Base(dir); owner != "." && owner != "/" && owner != ".." && name != "" {
		return owner + "/" + name
	}
	if name == "." || name == ".." {
		return ""
	}
	return name
}
