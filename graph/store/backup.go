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
)

// A backup is a line that says what it is, then Badger's own backup in frames of a length (big-endian, 32 bits) and as many bytes, a
// frame of length zero, and the SHA-256 of everything before.
const backupHead = "sett backup, format %d\n"

const backupFrame = 1 << 20

// Backup writes the present state to w, consistent while a writer goes on. Errors: those of w, ctx.Err().
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	n := s.Snapshot() // keeps the generation
	defer n.Close()
	sum := sha256.New()
	out := io.MultiWriter(w, sum)
	if _, err := fmt.Fprintf(out, backupHead, FormatVersion); err != nil {
		return err
	}
	frames := bufio.NewWriterSize(&frameWriter{ctx, out}, backupFrame)
	if _, err := n.st.gen.db.Backup(frames, 0); err != nil {
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
	err = loadBackup(gen, frames)
	if err == nil && !frames.ended {
		_, err = io.Copy(io.Discard, frames) // to the checksum
	}
	if err == nil {
		err = gen.db.Sync()
	}
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

// loadBackup reads Badger's part. Badger panics on bytes that are none of its own.
func loadBackup(gen *generation, r io.Reader) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: the backup: %v", ErrCorrupt, fault)
		}
	}()
	return gen.db.Load(r, 16)
}
