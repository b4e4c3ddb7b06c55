package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"sett/graph/rdf"
)

// A term's bytes in the dictionary: an IRI; a blank node's label; a literal's lexical form, a zero byte, and "" for
// xsd:string, "^" and a datatype, or "@" and a language tag with its direction; a triple term's depth (1 where no part is a
// triple term) and its three ids, big-endian, so that a term sorts after its parts.
// Since neither a datatype nor a tag has a zero byte, the last one is the separator, whatever the lexical form holds.

func kindOf(t rdf.Term) Kind {
	switch t.Kind() {
	case rdf.Blank:
		return KindBlank
	case rdf.IRI:
		return KindIRI
	case rdf.Literal:
		return KindLiteral
	case rdf.TripleTerm:
		return KindTripleTerm
	}
	return KindNone
}

// appendTerm appends the bytes of a term that is neither inlined nor a triple term.
func appendTerm(b []byte, t rdf.Term) []byte {
	b = append(b, t.Value()...)
	if !t.IsLiteral() {
		return b
	}
	b = append(b, 0)
	switch {
	case t.IsString():
	case t.Lang() != "":
		b = append(b, '@')
		b = append(b, t.Lang()...)
		if t.Direction() != rdf.NoDirection {
			b = append(b, "--"...)
			b = append(b, t.Direction().String()...)
		}
	default:
		b = append(b, '^')
		b = append(b, t.Datatype()...)
	}
	return b
}

// readTerm is the inverse of appendTerm.
func readTerm(k Kind, b []byte) (rdf.Term, error) {
	switch k {
	case KindIRI:
		return rdf.NewIRI(string(b)), nil
	case KindBlank:
		return rdf.NewBlank(string(b)), nil
	}
	i := bytes.LastIndexByte(b, 0)
	if k != KindLiteral || i < 0 {
		return rdf.Term{}, fmt.Errorf("%w: a term of kind %s", ErrCorrupt, k)
	}
	lexical, tag := string(b[:i]), string(b[i+1:])
	switch {
	case tag == "":
		return rdf.NewString(lexical), nil
	case tag[0] == '^':
		return rdf.NewLiteral(lexical, tag[1:]), nil
	}
	for _, d := range []rdf.Direction{rdf.LTR, rdf.RTL} {
		if n := len(tag) - 5; n > 0 && tag[n:] == "--"+d.String() {
			return rdf.NewDirLangString(lexical, tag[1:n], d), nil
		}
	}
	return rdf.NewLangString(lexical, tag[1:]), nil
}

// blockTerms is the number of terms in a front-coded block.
const blockTerms = 32

// appendBlock appends a block of terms.
func appendBlock(b []byte, terms [][]byte) []byte {
	var prev []byte
	for _, t := range terms {
		b = appendFront(b, prev, t)
		prev = t
	}
	return b
}

// appendFront appends one term of a block: how many bytes it shares with the one before, and the rest.
func appendFront(b, prev, t []byte) []byte {
	n := sharedPrefix(prev, t)
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(t)-n))
	return append(b, t[n:]...)
}

// sharedPrefix returns how many bytes a and b have in common at their beginnings.
func sharedPrefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// walkBlock calls each for the terms of a block until it returns false; the bytes are valid during the call.
func walkBlock(b []byte, each func(i int, term []byte) bool) error {
	var term []byte
	for i := 0; len(b) > 0; i++ {
		shared, k := binary.Uvarint(b)
		if k <= 0 || shared > uint64(len(term)) {
			return fmt.Errorf("%w: a block of terms", ErrCorrupt)
		}
		b = b[k:]
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return fmt.Errorf("%w: a block of terms", ErrCorrupt)
		}
		term = append(term[:shared], b[k:k+int(n)]...)
		b = b[k+int(n):]
		if !each(i, term) {
			return nil
		}
	}
	return nil
}

// lateKey finds the payload of a later term by its bytes, or by their hash where they are long; a hash may, in
// principle, be that of another term too, so what is found is compared.
func lateKey(k Kind, term []byte) []byte {
	if len(term) > 200 {
		h := sha256.Sum256(term)
		return append([]byte{keyLateID, byte(k), 1}, h[:]...)
	}
	return append([]byte{keyLateID, byte(k), 0}, term...)
}

// tripleTermBytes is the length of a triple term's bytes.
const tripleTermBytes = 1 + 3*8

// maxDepth is how deep triple terms may nest.
const maxDepth = 255

// appendTriple appends the bytes of a triple term.
func appendTriple(b []byte, depth int, parts *[3]ID) []byte {
	b = append(b, byte(depth))
	for _, id := range parts {
		b = binary.BigEndian.AppendUint64(b, uint64(id))
	}
	return b
}

// tripleDepth returns 1 for a triple term without triple terms in it, one more for each level; 0 for other terms.
func tripleDepth(t rdf.Term) (int, error) {
	if !t.IsTripleTerm() {
		return 0, nil
	}
	deepest := 0
	parts := t.Triple()
	for _, part := range [...]rdf.Term{parts.S, parts.P, parts.O} {
		d, err := tripleDepth(part)
		if err != nil {
			return 0, err
		}
		deepest = max(deepest, d)
	}
	if deepest >= maxDepth {
		return 0, fmt.Errorf("a triple term nested deeper than %d", maxDepth)
	}
	return deepest + 1, nil
}

// dictionary is what a generation's states keep in memory of its terms in order. They are in front-coded blocks; fences of two
// levels say where each block begins: in a fence stands the shortest string that sorts above the term before.
type dictionary struct {
	blocks [KindTripleTerm + 1][]atomic.Pointer[[]byte] // by block, nil where not in memory
	fences [KindTripleTerm + 1]fenceTop
	cache  cache[[]byte]
}

type fenceTop struct {
	lowest atomic.Pointer[fence] // the first string of each fence; nil until it is needed
	below  []atomic.Pointer[fence]
}

// fence is a sorted list of strings.
type fence struct {
	ends []uint32
	text []byte
}

func (f *fence) at(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = f.ends[i-1]
	}
	return f.text[from:f.ends[i]]
}

// place returns the index of the last string that is not above term; 0 if all are.
func (f *fence) place(term []byte) int {
	n := sort.Search(len(f.ends), func(i int) bool { return bytes.Compare(f.at(i), term) > 0 })
	return max(0, n-1)
}

func parseFence(b []byte) (*fence, error) {
	f := &fence{}
	err := walkBlock(b, func(_ int, term []byte) bool {
		f.text = append(f.text, term...)
		f.ends = append(f.ends, uint32(len(f.text)))
		return true
	})
	return f, err
}

// fenceBlocks is how many blocks a fence tells apart.
const fenceBlocks = 128

func newDictionary(limit int, m *meta) *dictionary {
	d := &dictionary{cache: cache[[]byte]{limit: limit}}
	for k := range d.blocks {
		n := (m.ordered[k] + blockTerms - 1) / blockTerms
		d.blocks[k] = make([]atomic.Pointer[[]byte], n)
		d.fences[k].below = make([]atomic.Pointer[fence], (n+fenceBlocks-1)/fenceBlocks)
	}
	return d
}

// findBlock returns the number of the block that holds a term if any does.
func (n *Snapshot) findBlock(k Kind, term []byte) (int, error) {
	top := &n.st.dict.fences[k]
	lowest := top.lowest.Load()
	if lowest == nil {
		b, err := n.st.get([]byte{keyFenceTop, byte(k)})
		if err == nil {
			if lowest, err = parseFence(b); err == nil && len(lowest.ends) != len(top.below) {
				err = fmt.Errorf("%w: %d fences, expected %d", ErrCorrupt, len(lowest.ends), len(top.below))
			}
		}
		if err != nil {
			return 0, fmt.Errorf("terms of kind %s: %w", k, err)
		}
		top.lowest.Store(lowest)
	}
	i := lowest.place(term)
	f := top.below[i].Load()
	if f == nil {
		b, err := n.st.get(numberKey(keyFence, k, uint64(i)))
		if err == nil {
			f, err = parseFence(b)
		}
		if err != nil {
			return 0, readError(err, "fence %d of kind %s", i, k)
		}
		top.below[i].Store(f)
	}
	return i*fenceBlocks + f.place(term), nil
}

// block returns an ordered block's encoding.
func (n *Snapshot) block(k Kind, number int) ([]byte, error) {
	d := n.st.dict
	if number >= len(d.blocks[k]) {
		return nil, fmt.Errorf("%w: block %d of kind %s of %d", ErrCorrupt, number, k, len(d.blocks[k]))
	}
	slot := &d.blocks[k][number]
	if b := slot.Load(); b != nil {
		return *b, nil
	}
	b, err := n.st.get(numberKey(keyBlock, k, uint64(number)))
	if err != nil {
		return nil, readError(err, "block %d of kind %s", number, k)
	}
	if slot.CompareAndSwap(nil, &b) {
		d.cache.add(slot, len(b)+32)
	}
	return b, nil
}

// bytesOf appends the bytes of a dictionary term, by its id, to out.
func (n *Snapshot) bytesOf(out []byte, id ID) ([]byte, error) {
	k, p := id.Kind(), id.Payload()
	if n.tx != nil {
		if b, ok := n.tx.newTerm(id); ok {
			return append(out, b...), nil
		}
	}
	if p > n.dir.meta.ordered[k] {
		b, err := n.st.get(numberKey(keyLate, k, p))
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil, fmt.Errorf("%w: %v", ErrUnknownID, id)
		}
		return append(out, b...), err
	}
	if p == 0 {
		return nil, fmt.Errorf("%w: %v", ErrUnknownID, id)
	}
	block, err := n.block(k, int((p-1)/blockTerms))
	if err != nil {
		return nil, err
	}
	return termOfBlock(out, block, int((p-1)%blockTerms))
}

// front is where a term's own bytes stand in a block, and how many it takes from the term before.
type front struct{ shared, from, to uint32 }

// termOfBlock appends the i-th term of a block to out. Terms before it are only measured; then what is theirs is copied from behind, the
// nearest first, of which a few have all of it.
func termOfBlock(out, b []byte, i int) ([]byte, error) {
	var fronts [blockTerms]front
	at, before := 0, 0
	for k := range fronts[:min(i+1, blockTerms)] {
		var shared, n int
		if at+1 < len(b) && b[at]|b[at+1] < 0x80 { // as nearly all are
			shared, n = int(b[at]), int(b[at+1])
			at += 2
		} else {
			var ok bool
			if shared, n, at, ok = frontAt(b, at); !ok {
				return nil, errBlock
			}
		}
		if shared > before || n > len(b)-at {
			return nil, errBlock
		}
		fronts[k] = front{uint32(shared), uint32(at), uint32(at + n)}
		at += n
		before = shared + n
	}
	if i >= blockTerms {
		return nil, errBlock
	}
	from := len(out)
	out = slices.Grow(out, before)[:from+before]
	for k, need := i, before; need > 0; k-- {
		f := &fronts[k]
		if shared := int(f.shared); shared < need {
			copy(out[from+shared:from+need], b[f.from:f.to])
			need = shared
		}
	}
	return out, nil
}

var errBlock = fmt.Errorf("%w: a block of terms", ErrCorrupt)

// frontAt reads the two lengths in front of a term, and where its bytes begin.
func frontAt(b []byte, at int) (shared, n, next int, ok bool) {
	x, k := binary.Uvarint(b[at:])
	if k <= 0 {
		return 0, 0, 0, false
	}
	at += k
	y, k := binary.Uvarint(b[at:])
	if k <= 0 || x >= 1<<31 || y >= 1<<31 {
		return 0, 0, 0, false
	}
	return int(x), int(y), at + k, true
}

// idOf returns the id of a dictionary term by its bytes; None if there is none.
func (n *Snapshot) idOf(k Kind, term []byte) (ID, error) {
	if n.tx != nil {
		if id, ok := n.tx.newID(lateKey(k, term)); ok {
			return id, nil
		}
	}
	if p, same, err := n.lowerBound(k, term); same || err != nil {
		return MakeID(k, p), err
	}
	if n.dir.meta.last[k] == n.dir.meta.ordered[k] {
		return None, nil // no later terms
	}
	b, err := n.st.get(lateKey(k, term))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return None, nil
	}
	if err != nil {
		return None, err
	}
	id := MakeID(k, binary.BigEndian.Uint64(b))
	if len(term) > 200 {
		if have, err := n.bytesOf(nil, id); err != nil || !bytes.Equal(have, term) {
			return None, err
		}
	}
	return id, nil
}

// lowerBound returns the payload of the first term in order whose bytes are not below term, one past the last if there
// is none, and whether it is that term: two searches in fences, then one walk along a block.
func (n *Snapshot) lowerBound(k Kind, term []byte) (payload uint64, same bool, err error) {
	count := n.dir.meta.ordered[k]
	if count == 0 {
		return 1, false, nil
	}
	number, err := n.findBlock(k, term)
	if err != nil {
		return 0, false, err
	}
	b, err := n.block(k, number)
	if err != nil {
		return 0, false, err
	}
	place := uint64(number) * blockTerms
	err = walkBlock(b, func(i int, have []byte) bool {
		c := bytes.Compare(have, term)
		same = c == 0
		if c < 0 {
			place++
		}
		return c < 0
	})
	return place + 1, same, err
}

// Term returns the term of an id; the zero Term for None.
func (n *Snapshot) Term(id ID) (rdf.Term, error) {
	switch {
	case id == None:
		return rdf.Term{}, nil
	case id.IsInline():
		return InlineTerm(id), nil
	case !id.IsDictionary():
		return rdf.Term{}, fmt.Errorf("%w: %v", ErrUnknownID, id)
	}
	var scratch [256]byte
	b, err := n.bytesOf(scratch[:0], id)
	if err != nil {
		return rdf.Term{}, err
	}
	if id.Kind() != KindTripleTerm {
		return readTerm(id.Kind(), b)
	}
	if len(b) != tripleTermBytes {
		return rdf.Term{}, fmt.Errorf("%w: triple term %v", ErrCorrupt, id)
	}
	var parts [3]rdf.Term
	for i := range parts {
		if parts[i], err = n.Term(ID(binary.BigEndian.Uint64(b[1+8*i:]))); err != nil {
			return rdf.Term{}, err
		}
	}
	return rdf.NewTripleTerm(parts[0], parts[1], parts[2]), nil
}

// ahead is how many terms' blocks are asked of memory at once.
const ahead = 64

// Terms fills out with the terms of ids, which is as long.
func (n *Snapshot) Terms(ids []ID, out []rdf.Term) error {
	for from := 0; from < len(ids); from += ahead {
		to := min(from+ahead, len(ids))
		n.touch(ids[from:to])
		for i := from; i < to; i++ {
			if i > 0 && ids[i] == ids[i-1] {
				out[i] = out[i-1]
				continue
			}
			t, err := n.Term(ids[i])
			if err != nil {
				return err
			}
			out[i] = t
		}
	}
	return nil
}

// touch reads the first bytes of the ids' blocks, where they are in memory. Each block is behind three addresses, of which the processor
// knows the next only when it has the last; for many blocks at once it waits for all of them together.
func (n *Snapshot) touch(ids []ID) {
	if len(ids) < 8 {
		return
	}
	d := n.st.dict
	var slots [ahead]*[]byte
	count := 0
	for _, id := range ids {
		k, p := id.Kind(), id.Payload()
		if id.IsInline() || !id.IsDictionary() || p == 0 {
			continue
		}
		if at := (p - 1) / blockTerms; at < uint64(len(d.blocks[k])) {
			if b := d.blocks[k][at].Load(); b != nil {
				slots[count] = b
				count++
			}
		}
	}
	sum := byte(0)
	for _, b := range slots[:count] {
		if b := *b; len(b) > 0 {
			sum += b[0] + b[len(b)/2]
		}
	}
	touched.Store(uint32(sum))
}

// touched keeps the compiler from leaving out what is read for its own sake.
var touched atomic.Uint32

// Lookup returns the id of a term; false if no quad has ever used it.
func (n *Snapshot) Lookup(t rdf.Term) (ID, bool, error) {
	if t.IsZero() {
		return None, true, nil
	}
	if id, ok := Inline(t); ok {
		return id, true, nil
	}
	b, ok, err := n.lookupBytes(t)
	if err != nil || !ok {
		return None, false, err
	}
	id, err := n.idOf(kindOf(t), b)
	return id, id != None, err
}

// lookupBytes returns a term's bytes; false if it is a triple term with a part that is not known.
func (n *Snapshot) lookupBytes(t rdf.Term) ([]byte, bool, error) {
	if !t.IsTripleTerm() {
		return appendTerm(make([]byte, 0, 64), t), true, nil
	}
	depth, err := tripleDepth(t)
	if err != nil {
		return nil, false, err
	}
	var ids [3]ID
	parts := t.Triple()
	for i, part := range [...]rdf.Term{parts.S, parts.P, parts.O} {
		id, ok, err := n.Lookup(part)
		if err != nil || !ok {
			return nil, false, err
		}
		ids[i] = id
	}
	return appendTriple(nil, depth, &ids), true, nil
}

// LookupAll fills ids with the ids of terms, None where there is none.
func (n *Snapshot) LookupAll(terms []rdf.Term, ids []ID) error {
	for i, t := range terms {
		id, _, err := n.Lookup(t)
		if err != nil {
			return err
		}
		ids[i] = id
	}
	return nil
}

// PrefixRange returns the ids of the dictionary terms of a kind whose bytes (an IRI, a blank node's label, a literal's lexical form)
// begin with prefix: lo to hi, both included, none if lo is above hi. It is exact if no term of this kind came after the
// last build; otherwise later terms, which have ids above the ordered ones, may begin with it too.
func (n *Snapshot) PrefixRange(k Kind, prefix string) (lo, hi ID, exact bool, err error) {
	m := &n.dir.meta
	exact = m.last[k] == m.ordered[k]
	from, _, err := n.lowerBound(k, []byte(prefix))
	if err != nil {
		return None, None, false, err
	}
	to := m.ordered[k] + 1
	if next := successor([]byte(prefix)); next != nil {
		if to, _, err = n.lowerBound(k, next); err != nil {
			return None, None, false, err
		}
	}
	return MakeID(k, from), MakeID(k, to-1), exact, nil
}

// successor returns the least string above all that begin with prefix; nil if there is none.
func successor(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			next := bytes.Clone(prefix[:i+1])
			next[i]++
			return next
		}
	}
	return nil
}
