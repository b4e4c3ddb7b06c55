package main

import (
	"io"
	"os"
)

// results is the stream of a command's results. It remembers the first error of writing, so that none is lost where a command
// prints without looking.
type results struct {
	io.Writer
	err error
}

func (r *results) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if r.err == nil {
		r.err = err
	}
	return n, err
}

// fileOf returns the file that a stream is, if it is one.
func fileOf(stream any) (*os.File, bool) {
	if r, ok := stream.(*results); ok {
		stream = r.Writer
	}
	f, ok := stream.(*os.File)
	return f, ok
}
