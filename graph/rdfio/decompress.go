package rdfio

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// compression is one way to pack a file, known by its ending or its first bytes.
type compression struct {
	name, suffix string
	magic        func(first []byte) bool
	open         func(io.Reader) (io.Reader, error)
}

var compressions = []compression{
	{"gzip", ".gz", hasMagic("\x1f\x8b\x08"), func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"zstd", ".zst", hasMagic("\x28\xb5\x2f\xfd"), openZstd},
	{"bzip2", ".bz2", isBzip2, func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
}

func hasMagic(magic string) func([]byte) bool {
	return func(first []byte) bool { return bytes.HasPrefix(first, []byte(magic)) }
}

// isBzip2 wants the block's magic number (the digits of π, or of √π at the end of an empty file) after "BZh" and the
// level: three letters alone could begin a text.
func isBzip2(first []byte) bool {
	return len(first) >= 10 && string(first[:3]) == "BZh" && first[3] >= '1' && first[3] <= '9' &&
		(string(first[4:10]) == "\x31\x41\x59\x26\x53\x59" || string(first[4:10]) == "\x17\x72\x45\x38\x50\x90")
}

// openZstd decodes in the caller's goroutine, so that a reader that is dropped leaves nothing behind.
func openZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
}

func compressionBySuffix(suffix string) (compression, bool) {
	for _, c := range compressions {
		if strings.EqualFold(c.suffix, suffix) {
			return c, true
		}
	}
	return compression{}, false
}

// Decompress returns r unpacked if its first bytes are those of gzip, zstd or bzip2, and r's own bytes otherwise. A
// name that ends in .gz, .zst or .bz2 promises a compression: other bytes are then an error (an empty input is not).
func Decompress(r io.Reader, name string) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	first, err := b.Peek(10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, c := range compressions {
		if c.magic(first) {
			in, err := c.open(b)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, c.name, err)
			}
			return in, nil
		}
	}
	if c, ok := compressionBySuffix(filepath.Ext(name)); ok && len(first) > 0 {
		return nil, fmt.Errorf("%s: the name says %s, the first bytes do not", name, c.name)
	}
	return b, nil
}
