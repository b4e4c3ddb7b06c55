package store

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// spill keeps what a load has sorted until it is merged: in memory up to a number of bytes, then in a file beside the
// generation that is being built.
type spill struct {
	path  string // "" in memory
	limit int
	kept  int // bytes in memory
	file  *os.File
	size  int64
}

// blob is a sequence of bytes in a spill.
type blob struct {
	mem      []byte
	file     *os.File
	from, to int64
}

// put keeps b, which the spill owns from now on.
func (s *spill) put(b []byte) (blob, error) {
	if s.path == "" || s.kept+len(b) <= s.limit {
		s.kept += len(b)
		return blob{mem: b}, nil
	}
	if s.file == nil {
		f, err := os.Create(s.path)
		if err != nil {
			return blob{}, err
		}
		s.file = f
	}
	if _, err := s.file.Write(b); err != nil {
		return blob{}, err
	}
	from := s.size
	s.size += int64(len(b))
	return blob{file: s.file, from: from, to: s.size}, nil
}

func (b *blob) reader() io.Reader {
	if b.file == nil {
		return bytes.NewReader(b.mem)
	}
	return io.NewSectionReader(b.file, b.from, b.to-b.from)
}

// close removes the file.
func (s *spill) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.path))
}
