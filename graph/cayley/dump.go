package cayley

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/cayleygraph/quad"
	"google.golang.org/protobuf/encoding/protowire"

	"sett/graph/rdf"
)

// pquads is Cayley's binary form of quads, in which it writes its dumps; its other dumps are N-Quads. A file is a magic
// number, a version, and messages of protocol buffers behind their lengths: a header, then a quad each. A term that is
// that of the quad before is left out, labels aside. It is decoded here and not by package pquads, whose generated decoder
// hangs or panics on some malformed bytes.
const (
	DumpFormat = "pquads" // its name
	DumpSuffix = ".pq"

	dumpVersion = 1
	maxMessage  = 64 << 20 // bytes; longer ones are taken for damage
)

// dumpMagic is how each file of it begins.
var dumpMagic = []byte("\x00pq\x00")

// ErrDump is the error of malformed dumps.
var ErrDump = errors.New("malformed pquads")

// IsDump reports whether a file that begins so is of Cayley's binary form.
func IsDump(first []byte) bool { return bytes.HasPrefix(first, dumpMagic) }

// DumpReader reads the quads of a dump.
type DumpReader struct {
	r      *bufio.Reader
	name   string
	prefix string
	count  int
	strict bool // terms are written as RDF allows them
	last   [3]quad.Value
	buf    bytes.Buffer
	err    error
}

// NewDumpReader reads a dump, unpacked, called name in errors. The prefix is put before the labels of blank nodes, which
// keeps those of several files apart.
func NewDumpReader(r io.Reader, name, prefix string) *DumpReader {
	d := &DumpReader{r: bufio.NewReaderSize(r, 64<<10), name: name, prefix: prefix}
	if err := d.header(); err != nil {
		d.err = fmt.Errorf("%s: %w", name, err)
	}
	return d
}

// Read fills batch and returns how many quads it has; io.EOF at the end. Errors name the file and the number of the quad;
// what is malformed is ErrDump.
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

func (d *DumpReader) header() error {
	var start [8]byte
	if _, err := io.ReadFull(d.r, start[:]); err != nil || !IsDump(start[:]) {
		return fmt.Errorf("%w: no such file", ErrDump)
	}
	if v := binary.LittleEndian.Uint32(start[4:]); v != dumpVersion {
		return fmt.Errorf("%w: version %d; there is %d", ErrDump, v, dumpVersion)
	}
	msg, err := d.message()
	if err != nil {
		return fmt.Errorf("%w: no header", ErrDump)
	}
	d.strict = true
	return fields(msg, func(f protowire.Number, number uint64, _ []byte) error {
		if f == 2 {
			d.strict = number == 0
		}
		return nil
	})
}

// message reads the next message; io.EOF if there is none. It is valid until the next.
func (d *DumpReader) message() ([]byte, error) {
	length, err := binary.ReadUvarint(d.r)
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDump, err)
	case length > maxMessage:
		return nil, fmt.Errorf("%w: a message of %d bytes", ErrDump, length)
	}
	d.buf.Reset() // it grows with what is there, not with what a damaged length says
	if n, err := io.CopyN(&d.buf, d.r, int64(length)); err != nil {
		return nil, fmt.Errorf("%w: cut short: %d bytes of %d", ErrDump, n, length)
	}
	return d.buf.Bytes(), nil
}

func (d *DumpReader) quad() (rdf.Quad, error) {
	msg, err := d.message()
	if err == io.EOF {
		return rdf.Quad{}, err
	}
	d.count++
	var t [4]rdf.Term
	if err == nil {
		var q quad.Quad
		if q, err = d.decode(msg); err == nil {
			t, err = quadTerms(q)
		}
	}
	if err != nil {
		return rdf.Quad{}, fmt.Errorf("%s: quad %d: %w", d.name, d.count, err)
	}
	return rdf.Quad{S: t[0], P: t[1], O: t[2], G: t[3]}, nil
}

// decode reads a quad's message: fields 1 to 4 are its terms.
func (d *DumpReader) decode(msg []byte) (quad.Quad, error) {
	var q quad.Quad
	err := fields(msg, func(f protowire.Number, _ uint64, b []byte) error {
		if f < 1 || f > 4 {
			return nil
		}
		decode := wireValue
		if d.strict && f != 3 {
			decode = wireRef
		}
		v, err := decode(b)
		if b, ok := v.(quad.BNode); ok {
			v = quad.BNode(d.prefix) + b
		}
		q.Set(directions[f-1], v)
		return err
	})
	for i, dir := range directions[:3] {
		if q.Get(dir) == nil {
			q.Set(dir, d.last[i])
		}
		d.last[i] = q.Get(dir)
	}
	return q, err
}

// fields calls visit with the fields of a message: numbers as their bits, everything else as bytes.
func fields(msg []byte, visit func(f protowire.Number, number uint64, b []byte) error) error {
	for len(msg) > 0 {
		f, kind, n := protowire.ConsumeTag(msg)
		if n < 0 {
			return fmt.Errorf("%w: %w", ErrDump, protowire.ParseError(n))
		}
		msg = msg[n:]
		var number uint64
		var b []byte
		switch kind {
		case protowire.VarintType:
			number, n = protowire.ConsumeVarint(msg)
		case protowire.Fixed64Type:
			number, n = protowire.ConsumeFixed64(msg)
		case protowire.BytesType:
			b, n = protowire.ConsumeBytes(msg)
		default:
			n = protowire.ConsumeFieldValue(f, kind, msg)
		}
		if n < 0 {
			return fmt.Errorf("%w: %w", ErrDump, protowire.ParseError(n))
		}
		msg = msg[n:]
		if err := visit(f, number, b); err != nil {
			return err
		}
	}
	return nil
}

// wireRef reads a blank node or an IRI.
func wireRef(msg []byte) (v quad.Value, err error) {
	err = fields(msg, func(f protowire.Number, _ uint64, b []byte) error {
		switch f {
		case 2:
			v = quad.BNode(b)
		case 3:
			v = quad.IRI(b)
		}
		return nil
	})
	return known(v, err)
}

// wireValue reads any value.
func wireValue(msg []byte) (v quad.Value, err error) {
	err = fields(msg, func(f protowire.Number, number uint64, b []byte) (err error) {
		switch f {
		case 1:
			v = rawValue(string(b))
		case 2:
			v = quad.String(b)
		case 3:
			v = quad.IRI(b)
		case 4:
			v = quad.BNode(b)
		case 5:
			var t [2]string
			t, err = wireTexts(b)
			v = quad.TypedString{Value: quad.String(t[0]), Type: quad.IRI(t[1])}
		case 6:
			var t [2]string
			t, err = wireTexts(b)
			v = quad.LangString{Value: quad.String(t[0]), Lang: t[1]}
		case 7:
			v = quad.Int(number)
		case 8:
			v = quad.Float(math.Float64frombits(number))
		case 9:
			v = quad.Bool(number != 0)
		case 10:
			var seconds, nanos int64
			err = fields(b, func(f protowire.Number, number uint64, _ []byte) error {
				switch f {
				case 1:
					seconds = int64(number)
				case 2:
					nanos = int64(int32(number))
				}
				return nil
			})
			v = quad.Time(time.Unix(seconds, nanos).UTC())
		}
		return err
	})
	return known(v, err)
}

// wireTexts reads a message of two strings.
func wireTexts(msg []byte) (t [2]string, err error) {
	err = fields(msg, func(f protowire.Number, _ uint64, b []byte) error {
		if f == 1 || f == 2 {
			t[f-1] = string(b)
		}
		return nil
	})
	return t, err
}

func known(v quad.Value, err error) (quad.Value, error) {
	if err == nil && v == nil {
		err = fmt.Errorf("%w: a value of no known type", ErrDump)
	}
	return v, err
}
