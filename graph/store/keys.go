package store

import "encoding/binary"

// Keys in Badger: a letter that says what the value is, then what finds it. Numbers are big-endian, so that keys sort
// as what they name.
const (
	keyMeta     = 'M' // → format version, commits, counters
	keyTop      = 'T' // order → the order's chunks: first row and number of rows each
	keyChunk    = 'C' // order, first row → the chunk's pages: first row and number of rows each
	keyPage     = 'P' // order, first row → page
	keyBlock    = 'B' // kind, number → block of front-coded terms, of the region in term order
	keyFence    = 'F' // kind, number → where 128 blocks begin
	keyFenceTop = 'G' // kind → where the fences begin
	keyStats    = 'S' // → predicates: rows, distinct subjects and objects at the last build
	keyLate     = 'L' // kind, payload → a term that came later
	keyLateID   = 'I' // kind, term or its hash → payloads
	keyJournal  = 'J' // number → keys and values of a large commit
	keyDone     = 'K' // the journal is whole
)

func orderKey(tag byte, o Order) []byte { return []byte{tag, byte(o)} }

func rowKey(tag byte, o Order, r *row) []byte {
	b := make([]byte, 2, 34)
	b[0], b[1] = tag, byte(o)
	for _, id := range r {
		b = binary.BigEndian.AppendUint64(b, uint64(id))
	}
	return b
}

func numberKey(tag byte, k Kind, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{tag, byte(k)}, n)
}
