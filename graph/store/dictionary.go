package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"github.com/dgraph-io/badger/v4"

	"sett/graph/rdf"
)

// A term's bytes in the dictionary: an IRI; a blank node's label; a literal's lexical form, a zero byte, and "" for
// xsd:string, "^" and a datatype, or "@" and a language tag with its direction; a triple term's three ids, big-endian.
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

// appendBlock appends a block: for each term the bytes it shares with the one before, and the rest.
func appendBlock(b []byte, terms [][]byte) []byte {
	var prev []byte
	for _, t := range terms {
		n := 0
		for n < len(t) && n < len(prev) && t[n] == prev[n] {
			n++
		}
		b = binary.AppendUvarint(b, uint64(n))
		b = binary.AppendUvarint(b, uint64(len(t)-n))
		b = append(b, t[n:]...)
		prev = t
	}
	return b
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

// bytesOf returns the bytes of a dictionary term by its id.
func (n *Snapshot) bytesOf(id ID) ([]byte, error) {
	k, p := id.Kind(), id.Payload()
	if n.tx != nil {
		if b, ok := n.tx.bytes[id]; ok {
			return b, nil
		}
	}
	if p > n.dir.meta.ordered[k] {
		b, err := n.st.get(numberKey(keyLate, k, p))
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil, fmt.Errorf("%w: %v", ErrUnknownID, id)
		}
		return b, err
	}
	block, err := n.block(k, (p-1)/blockTerms)
	if err != nil {
		return nil, err
	}
	var out []byte
	err = walkBlock(block, func(i int, term []byte) bool {
		if uint64(i) == (p-1)%blockTerms {
			out = bytes.Clone(term)
		}
		return out == nil
	})
	return out, err
}

// block returns an ordered block's encoding, from a cache of the state's own.
func (n *Snapshot) block(k Kind, number uint64) ([]byte, error) {
	key := blockKey{k, number}
	if b, ok := n.st.blocks.get(key); ok {
		return b, nil
	}
	b, err := n.st.get(numberKey(keyBlock, k, number))
	if err != nil {
		return nil, fmt.Errorf("%w: block %d of kind %s: %w", ErrCorrupt, number, k, err)
	}
	n.st.blocks.put(key, b)
	return b, nil
}

// idOf returns the id of a dictionary term by its bytes; None if there is none.
func (n *Snapshot) idOf(k Kind, term []byte) (ID, error) {
	if n.tx != nil {
		if id, ok := n.tx.ids[string(lateKey(k, term))]; ok {
			return id, nil
		}
	}
	if id, err := n.ordered(k, term); id != None || err != nil {
		return id, err
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
		if have, err := n.bytesOf(id); err != nil || !bytes.Equal(have, term) {
			return None, err
		}
	}
	return id, nil
}

// ordered looks a term up in the region in term order: a binary search over blocks by their first terms, then one walk.
func (n *Snapshot) ordered(k Kind, term []byte) (ID, error) {
	count := n.dir.meta.ordered[k]
	if count == 0 {
		return None, nil
	}
	blocks := int((count + blockTerms - 1) / blockTerms)
	var failed error
	after := sort.Search(blocks, func(i int) bool {
		b, err := n.block(k, uint64(i))
		if err != nil {
			failed = err
			return true
		}
		_, w1 := binary.Uvarint(b)
		size, w2 := binary.Uvarint(b[w1:])
		return bytes.Compare(b[w1+w2:w1+w2+int(size)], term) > 0
	})
	if failed != nil || after == 0 {
		return None, failed
	}
	b, err := n.block(k, uint64(after-1))
	if err != nil {
		return None, err
	}
	id := None
	err = walkBlock(b, func(i int, have []byte) bool {
		c := bytes.Compare(have, term)
		if c == 0 {
			id = MakeID(k, uint64(after-1)*blockTerms+uint64(i)+1)
		}
		return c < 0
	})
	return id, err
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
	b, err := n.bytesOf(id)
	if err != nil {
		return rdf.Term{}, err
	}
	if id.Kind() != KindTripleTerm {
		return readTerm(id.Kind(), b)
	}
	if len(b) != 24 {
		return rdf.Term{}, fmt.Errorf("%w: triple term %v", ErrCorrupt, id)
	}
	var parts [3]rdf.Term
	for i := range parts {
		if parts[i], err = n.Term(ID(binary.BigEndian.Uint64(b[8*i:]))); err != nil {
			return rdf.Term{}, err
		}
	}
	return rdf.NewTripleTerm(parts[0], parts[1], parts[2]), nil
}

// Terms fills out with the terms of ids, which is as long.
func (n *Snapshot) Terms(ids []ID, out []rdf.Term) error {
	for i, id := range ids {
		if i > 0 && id == ids[i-1] {
			out[i] = out[i-1]
			continue
		}
		t, err := n.Term(id)
		if err != nil {
			return err
		}
		out[i] = t
	}
	return nil
}

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
	var b []byte
	parts := t.Triple()
	for _, part := range []rdf.Term{parts.S, parts.P, parts.O} {
		id, ok, err := n.Lookup(part)
		if err != nil || !ok {
			return nil, false, err
		}
		b = binary.BigEndian.AppendUint64(b, uint64(id))
	}
	return b, true, nil
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

// PrefixRange returns a range of ids that holds every dictionary term of a kind that begins with prefix and was there
// at the last rebuild; exact if there are no others in it and none outside.
func (n *Snapshot) PrefixRange(k Kind, prefix string) (lo, hi ID, exact bool) {
	lo, hi = KindRange(k)
	return lo, hi, false
}
