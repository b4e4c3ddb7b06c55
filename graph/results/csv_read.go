package results

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"sett/graph/rdf"
)

// csvReader reads SPARQL 1.2 Query Results CSV. Fields are strings but for blank nodes (_:x); an empty field is unbound.
type csvReader struct {
	r    *csv.Reader
	vars []string
}

func newCSVReader(r io.Reader) (Reader, error) {
	c := &csvReader{r: csv.NewReader(&blankLines{r: bufio.NewReader(r)})}
	c.r.FieldsPerRecord = -1
	head, err := c.r.Read()
	if err != nil {
		return nil, c.fail(err)
	}
	c.vars = head
	if len(head) == 1 && head[0] == "" {
		c.vars = nil
	}
	return c, nil
}

// blankLines makes empty lines, which package csv skips, into a quoted empty field: they are rows of a single
// unbound variable.
type blankLines struct {
	r       *bufio.Reader
	pending []byte
	quoted  bool
}

func (b *blankLines) Read(p []byte) (int, error) {
	for len(b.pending) == 0 {
		line, err := b.r.ReadBytes('\n')
		if len(line) == 0 {
			return 0, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" && !b.quoted {
			line = []byte("\"\"\n")
		} else if strings.Count(text, `"`)%2 == 1 {
			b.quoted = !b.quoted
		}
		b.pending = line
	}
	n := copy(p, b.pending)
	b.pending = b.pending[n:]
	return n, nil
}

func (c *csvReader) fail(err error) error {
	if err == io.EOF {
		return &SyntaxError{Format: "CSV", Line: 1, Msg: "no header"}
	}
	var p *csv.ParseError
	if errors.As(err, &p) {
		return &SyntaxError{Format: "CSV", Line: p.Line, Msg: p.Err.Error()}
	}
	return err
}

func (c *csvReader) Vars() []string            { return c.vars }
func (c *csvReader) Boolean() (value, ok bool) { return false, false }

func (c *csvReader) Read() ([]rdf.Term, error) {
	record, err := c.r.Read()
	if err == io.EOF {
		return nil, err
	}
	if err != nil {
		return nil, c.fail(err)
	}
	if len(record) == 1 && record[0] == "" && len(c.vars) == 0 {
		return []rdf.Term{}, nil
	}
	if len(record) != len(c.vars) {
		line, _ := c.r.FieldPos(0)
		return nil, &SyntaxError{Format: "CSV", Line: line, Msg: fmt.Sprintf("%d fields, %d variables", len(record), len(c.vars))}
	}
	row := make([]rdf.Term, len(record))
	for i, s := range record {
		switch {
		case s == "":
		case strings.HasPrefix(s, "_:"):
			row[i] = rdf.NewBlank(s[2:])
		default:
			row[i] = rdf.NewString(s)
		}
	}
	return row, nil
}

// tsvReader reads SPARQL 1.2 Query Results TSV.
type tsvReader struct {
	r    *bufio.Reader
	vars []string
	line int
}

func newTSVReader(r io.Reader) (Reader, error) {
	t := &tsvReader{r: bufio.NewReader(r)}
	head, err := t.next()
	if err == io.EOF {
		return nil, t.fail("no header")
	}
	if err != nil {
		return nil, err
	}
	if head == "" {
		return t, nil
	}
	for _, v := range strings.Split(head, "\t") {
		name := strings.TrimLeft(v, "?$")
		if name == "" {
			return nil, t.fail(fmt.Sprintf("%q is not a variable", v))
		}
		t.vars = append(t.vars, name)
	}
	return t, nil
}

func (t *tsvReader) fail(msg string) error {
	return &SyntaxError{Format: "TSV", Line: t.line, Msg: msg}
}

// next returns a line without its end.
func (t *tsvReader) next() (string, error) {
	line, err := t.r.ReadString('\n')
	if line == "" && err != nil {
		return "", err
	}
	t.line++
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), nil
}

func (t *tsvReader) Vars() []string            { return t.vars }
func (t *tsvReader) Boolean() (value, ok bool) { return false, false }

func (t *tsvReader) Read() ([]rdf.Term, error) {
	line, err := t.next()
	if err != nil {
		return nil, err
	}
	row := make([]rdf.Term, len(t.vars))
	if len(t.vars) == 0 && line == "" {
		return row, nil
	}
	fields := strings.Split(line, "\t")
	if len(fields) != len(t.vars) {
		return nil, t.fail(fmt.Sprintf("%d fields, %d variables", len(fields), len(t.vars)))
	}
	for i, s := range fields {
		if s == "" {
			continue
		}
		term, rest, err := parseTerm(s, 0)
		if err == nil && rest != "" {
			err = fmt.Errorf("%.20q follows a term", rest)
		}
		if err != nil {
			return nil, t.fail(err.Error())
		}
		row[i] = term
	}
	return row, nil
}
