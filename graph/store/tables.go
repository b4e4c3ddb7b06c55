package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/badger/v4/y"
	"google.golang.org/protobuf/proto"
)

// checkTables checks what Badger reads of a generation's tables when it opens them: it does so in goroutines of its own, where it
// panics on damaged ones, and that would end the process; and it passes over a table whose index has the wrong checksum, as if nothing had
// been in it. A table that the manifest does not name is one that a killed process has left unfinished; Badger removes it.
func checkTables(dir string) error {
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	manifest, _, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir).WithLogger(nil))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, f.Name(), err)
	}
	for id := range manifest.Tables {
		path := table.NewFilename(id, dir)
		if err := checkTable(path); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrCorrupt, path, err)
		}
	}
	return nil
}

// checkTable checks a table's index and its last block. A table ends with its index, the index's length, a checksum of the index and
// that one's length; so does a block, where the index is that of its entries (badger/v4/table, Builder.Done and Builder.finishBlock). All
// lengths are big-endian 32-bit numbers.
func checkTable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	part := func(from, n int64) ([]byte, error) {
		if from < 0 || n < 0 || from+n > info.Size() {
			return nil, fmt.Errorf("a part of %d bytes at %d of %d", n, from, info.Size())
		}
		b := make([]byte, n)
		_, err := f.ReadAt(b, from)
		return b, err
	}
	at := info.Size()
	sized := func() ([]byte, error) {
		n, err := part(at-4, 4)
		if err != nil {
			return nil, err
		}
		at -= 4 + int64(binary.BigEndian.Uint32(n))
		return part(at, int64(binary.BigEndian.Uint32(n)))
	}
	sum, err := sized()
	if err != nil {
		return err
	}
	encoded, err := sized()
	if err != nil {
		return err
	}
	if len(encoded) == 0 {
		return fmt.Errorf("no index")
	}
	if err := checkSum(encoded, sum); err != nil {
		return err
	}
	index := fb.GetRootAsTableIndex(encoded, 0)
	var last fb.BlockOffset
	if n := index.OffsetsLength(); n == 0 || !index.Offsets(&last, n-1) {
		return fmt.Errorf("no blocks")
	}
	block, err := part(int64(last.Offset()), int64(last.Len()))
	if err != nil {
		return err
	}
	return checkBlock(block)
}

func checkBlock(b []byte) error {
	end := len(b) - 4
	if end < 0 {
		return fmt.Errorf("a block of %d bytes", len(b))
	}
	n := int(binary.BigEndian.Uint32(b[end:]))
	if n > end {
		return fmt.Errorf("a block of %d bytes with a checksum of %d", len(b), n)
	}
	return checkSum(b[:end-n], b[end-n:end])
}

// checkSum compares data with the checksum that Badger has encoded for them.
func checkSum(data, encoded []byte) error {
	want := &pb.Checksum{}
	if err := proto.Unmarshal(encoded, want); err != nil {
		return err
	}
	return y.VerifyChecksum(data, want)
}
