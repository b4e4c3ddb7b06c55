package cayley

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"

	"sett/graph/rdf"
)

// pquads is Cayley's binary form of quads, in which it writes its dumps: a magic number, then protocol buffers. Its other
// dumps are N-Quads.
const (
	DumpFormat = "pquads" // its name
	DumpSuffix = ".pq"
)

// dumpMagic is how each file of it begins.
var dumpMagic = []byte("\x00pq\x00")

// IsDump reports whether a file that begins so is of Cayley's binary form.
func IsDump(first []byte) bool { return bytes.HasPrefix(first, dumpMagic) }

// DumpReader reads the quads of a dump.
type DumpReader struct {
	r      *pquads.Reader
	name   string
	prefix string
	count  int
	err    error
}

// NewDumpReader reads a dump, unpacked, called name in errors. The prefix is put before the labels of blank nodes, which
// keeps those of several files apart.
func NewDumpReader(r io.Reader, name, prefix string) *DumpReader {
	return &DumpReader{r: pquads.NewReader(r, pquads.DefaultMaxSize), name: name, prefix: prefix}
}

// Read fills batch and returns how many quads it has; io.EOF at the end. Errors name the file and the number of the quad.
func (d *DumpReader) Read(batch []rdf.Quad) (int, error) {
	n := 0
	for n < len(batch) && d.err == nil {
		if batch[n], d.err = d.quad(); d.err == nil {
			n++
		}
	}
	if n > 0 {
		return n, nil
	}
	return 0, d.err
}

func (d *DumpReader) quad() (rdf.Quad, error) {
	q, err := d.r.ReadQuad()
	if errors.Is(err, io.EOF) {
		return rdf.Quad{}, io.EOF
	}
	d.count++
	var t [4]rdf.Term
	if err == nil {
		t, err = quadTerms(d.apart(q))
	}
	if err != nil {
		return rdf.Quad{}, fmt.Errorf("%s: quad %d: %w", d.name, d.count, err)
	}
	return rdf.Quad{S: t[0], P: t[1], O: t[2], G: t[3]}, nil
}

// apart puts the prefix before the labels of a quad's blank nodes.
func (d *DumpReader) apart(q quad.Quad) quad.Quad {
	if d.prefix == "" {
		return q
	}
	for _, dir := range directions {
		if b, ok := q.Get(dir).(quad.BNode); ok {
			q.Set(dir, quad.BNode(d.prefix)+b)
		}
	}
	return q
}
