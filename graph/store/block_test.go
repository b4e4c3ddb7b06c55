package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestATermOfABlockIsTheOneThatWasPutThere takes each term of blocks of short and long terms out of them, and of blocks that end too soon or
// have wrong bytes gets either an error or some term.
func TestATermOfABlockIsTheOneThatWasPutThere(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		terms := make([][]byte, 1+r.IntN(blockTerms))
		for i := range terms {
			terms[i] = slices.Concat([]byte("urn:e:"), bytes.Repeat([]byte{'a' + byte(r.IntN(2))}, r.IntN(300)), []byte{byte(r.IntN(256))})
		}
		slices.SortFunc(terms, bytes.Compare)
		b := appendBlock(nil, terms)
		for i, want := range terms {
			got, err := termOfBlock([]byte("before "), b, i)
			if err != nil || string(got) != "before "+string(want) {
				t.Fatalf("term %d: got %q, error %v; want %q", i, got, err, want)
			}
		}
		if _, err := termOfBlock(nil, b, len(terms)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("a term past the last: got error %v", err)
		}
		wrong := slices.Clone(b[:r.IntN(len(b)+1)])
		if len(wrong) > 0 {
			wrong[r.IntN(len(wrong))] ^= byte(1 + r.IntN(255))
		}
		for i := range blockTerms + 1 {
			if _, err := termOfBlock(nil, wrong, i); err != nil && !errors.Is(err, ErrCorrupt) {
				t.Errorf("wrong bytes: got error %v", err)
			}
		}
	}
}
