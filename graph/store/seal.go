package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// Every value in Badger ends with the CRC-32C of what comes before, little-endian: what a disk or a wire has changed is reported,
// not misread.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sealBytes = 4

// seal appends the checksum to a value.
func seal(b []byte) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// unseal checks a value and returns it without its checksum.
func unseal(b []byte) ([]byte, error) {
	n := len(b) - sealBytes
	if n < 0 {
		return nil, fmt.Errorf("%w: a value of %d bytes", ErrCorrupt, len(b))
	}
	if want, got := binary.LittleEndian.Uint32(b[n:]), crc32.Checksum(b[:n], castagnoli); want != got {
		return nil, fmt.Errorf("%w: checksum %08x, expected %08x", ErrCorrupt, got, want)
	}
	return b[:n:n], nil
}
