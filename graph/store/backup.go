package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
)

// A backup is a line that says what it is, then the keys and values of one state, ascending, each as its length (a varint) and as many
// bytes, in frames of a length (big-endian, 32 bits) and as many bytes, a frame of length zero, and the SHA-256 of everything before.
// Badger's own backup is not used: it reads in several transactions, between which a writer may commit.
const backupHead = "sett backup, version 2, database format %d\n"

const backupFrame = 1 << 20

// Backup writes the present state to w, consistent while a writer goes on. Errors: those of w, ErrCorrupt, ctx.Err().
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	n := s.Snapshot()
	defer n.Close()
	sum := sha256.New()
	out := io.MultiWriter(w, sum)
	if _, err := fmt.Fprintf(out, backupHead, FormatVersion); err != nil {
		return err
	}
	frames := bufio.NewWriterSize(&frameWriter{ctx, out}, backupFrame)
	if err := n.st.dump(frames); err != nil {
		return err
	}
	if err := frames.Flush(); err != nil {
		return err
	}
	if _, err := out.Write(make([]byte, 4)); err != nil {
		return err
	}
	_, err := w.Write(sum.Sum(nil))
	return err
}

// dump writes all keys and values.
func (r *reader) dump(w *bufio.Writer) (err error) {
	defer func() {
		if fault := recover(); fault != nil { // Badger's, on damaged tables
			err = fmt.Errorf("%w: %v", ErrCorrupt, fault)
		}
	}()
	if err := r.gate.enter(); err != nil {
		return err
	}
	defer r.gate.leave()
	it := r.txn.NewIterator(badger.DefaultIteratorOptions)
	defer it.Close()
	var sizes []byte
	for it.Rewind(); it.Valid(); it.Next() {
		key := it.Item().Key()
		if err := it.Item().Value(func(value []byte) error {
			value, err := unseal(value)
			if err != nil {
				return fmt.Errorf("key %x: %w", key, err)
			}
			for _, part := range [][]byte{key, value} {
				sizes = binary.AppendUvarint(sizes[:0], uint64(len(part)))
				if _, err := w.Write(sizes); err != nil {
					return err
				}
				if _, err := w.Write(part); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// frameWriter writes what it gets as frames.
type frameWriter struct {
	ctx context.Context
	w   io.Writer
}

func (f *frameWriter) Write(b []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	for at := 0; at < len(b); at += backupFrame {
		part := b[at:min(at+backupFrame, len(b))]
		if _, err := f.w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part)))); err != nil {
			return at, err
		}
		if _, err := f.w.Write(part); err != nil {
			return at, err
		}
	}
	return len(b), nil
}

// frameReader reads frames, up to the empty one, and then checks the sum.
type frameReader struct {
	ctx   context.Context
	r     io.Reader
	sum   hash.Hash
	left  int
	ended bool
}

func (f *frameReader) Read(b []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	if f.ended {
		return 0, io.EOF
	}
	if f.left == 0 {
		var size [4]byte
		if err := f.full(size[:]); err != nil {
			return 0, err
		}
		f.sum.Write(size[:])
		if f.left = int(binary.BigEndian.Uint32(size[:])); f.left == 0 {
			f.ended = true
			return 0, f.check()
		}
		if f.left > backupFrame {
			return 0, fmt.Errorf("%w: the backup has a frame of %d bytes", ErrCorrupt, f.left)
		}
	}
	n, err := f.r.Read(b[:min(len(b), f.left)])
	f.sum.Write(b[:n])
	f.left -= n
	if err == io.EOF && !f.ended {
		err = nil
		if n == 0 {
			err = errCut
		}
	}
	return n, err
}

var errCut = fmt.Errorf("%w: the backup ends too early", ErrCorrupt)

func (f *frameReader) full(b []byte) error {
	_, err := io.ReadFull(f.r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return err
}

func (f *frameReader) check() error {
	want := f.sum.Sum(nil)
	got := make([]byte, sha256.Size)
	if err := f.full(got); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%w: the backup's checksum does not fit what it holds", ErrCorrupt)
	}
	return io.EOF
}

// Restore makes a store in a directory that is not there or empty from what Backup wrote: whole, or not at all.
//
// Errors: ErrFormat for a backup of another version or something else, ErrCorrupt, ErrFull; those of r, ctx.Err().
func Restore(ctx context.Context, dir string, r io.Reader) error {
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return fmt.Errorf("%s is not empty", dir)
	}
	sum := sha256.New()
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.ReadString('\n')
	var format int
	if _, serr := fmt.Sscanf(head, backupHead, &format); serr != nil || err != nil {
		return fmt.Errorf("%w: this is no backup of a sett database", ErrFormat)
	}
	if format != FormatVersion {
		return fmt.Errorf("%w: the backup has format %d, this program reads format %d", ErrFormat, format, FormatVersion)
	}
	io.WriteString(sum, head)
	tmp := filepath.Clean(dir) + ".restoring"
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	if err := restore(tmp, &frameReader{ctx: ctx, r: in, sum: sum}); err != nil {
		return errors.Join(err, os.RemoveAll(tmp))
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return err
	}
	return syncDir(filepath.Dir(filepath.Clean(dir)))
}

// restore reads a backup into a new directory and opens it once, which finishes or drops a journal in it.
func restore(dir string, frames *frameReader) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := checkFree(dir, minFree); err != nil {
		return err
	}
	gen, err := openGeneration(dir, 1, Options{NoSync: true})
	if err != nil {
		return err
	}
	err = undump(gen, bufio.NewReader(frames))
	if err = errors.Join(err, gen.close(false)); err != nil {
		return err
	}
	if err := writeCurrent(dir, 1); err != nil {
		return err
	}
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	return s.Close()
}

// undump writes into a new generation what dump wrote.
func undump(gen *generation, r *bufio.Reader) error {
	b, err := newBuild(gen, 0)
	if err != nil {
		return err
	}
	w := &keyWriter{b: b, stream: 1}
	var last []byte
	for {
		key, err := sized(r)
		if err == io.EOF {
			break
		}
		value, verr := sized(r)
		if err = errors.Join(err, verr); err == nil && bytes.Compare(key, last) <= 0 {
			err = fmt.Errorf("%w: the backup's keys do not ascend", ErrCorrupt)
		}
		if err == nil {
			last = key
			err = w.put(key, value)
		}
		if err != nil {
			b.cancel()
			return err
		}
	}
	if err := w.close(); err != nil {
		b.cancel()
		return err
	}
	return errors.Join(b.stream.Flush(), gen.db.Sync())
}

// sized reads a length and as many bytes; io.EOF where there is nothing at all.
func sized(r *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = errCut
		}
		return nil, err
	}
	if n > maxValue {
		return nil, fmt.Errorf("%w: the backup has a value of %d bytes", ErrCorrupt, n)
	}
	out := make([]byte, n)
	if _, err := io.ReadFull(r, out); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errCut
		}
		return nil, err
	}
	return out, nil
}

// maxValue is more than any value has: Badger's own limit is that of a table.
const maxValue = 1 << 30
