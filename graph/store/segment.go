package store

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"unsafe"

	"sett/graph/rdf"
)

// A bulk load cuts its input into segments that fit in memory. A segment numbers its own terms as they come; when it is full it ranks
// them in the order of final ids (None, blank nodes, IRIs, literals, triple terms by depth, inlined values), so that its rows can be
// sorted before anybody knows those ids. Merging the segments' terms then gives each segment a table from rank to id that ascends, and
// merging their sorted rows through these tables gives the store's.
type segment struct {
	seed  maphash.Seed
	table []uint32 // open addressing over terms: number + 1, 0 where free
	terms []localTerm
	arena []byte // of term bytes; full ones are kept alive by the terms
	rows  [][4]uint32
	bytes int // about what all of this takes

	triples []localTriple
	depth   int // of the deepest triple term
	key     []byte
	last    [4]cachedTerm // by column
}

// localTerm is a term of a segment. Number 0 is None.
type localTerm struct {
	text string // a dictionary term's bytes; of a triple term, the numbers of its parts
	id   ID     // an inlined value, or the kind without payload
	hash uint32
}

// localTriple is a triple term: its own number, and those of its parts.
type localTriple struct {
	term  uint32
	depth int
	parts [3]uint32
}

// cachedTerm is the IRI that a column held last: subjects, predicates and graphs repeat. Its number is 0 before the first.
type cachedTerm struct {
	term   rdf.Term
	number uint32
}

func newSegment() *segment {
	return &segment{seed: maphash.MakeSeed(), table: make([]uint32, 1<<12), terms: make([]localTerm, 1)}
}

func (g *segment) add(q *rdf.Quad) error {
	var r [4]uint32
	for c, t := range [4]*rdf.Term{&q.S, &q.P, &q.O, &q.G} {
		last := &g.last[c]
		if last.number != 0 && *t == last.term {
			r[c] = last.number
			continue
		}
		n, err := g.number(*t)
		if err != nil {
			return err
		}
		r[c] = n
		if t.IsIRI() { // by the text in the arena, which outlives the reader's
			*last = cachedTerm{rdf.NewIRI(g.terms[n].text), n}
		}
	}
	g.rows = append(g.rows, r)
	g.bytes += 16
	return nil
}

// number returns a term's number in the segment.
func (g *segment) number(t rdf.Term) (uint32, error) {
	if t.IsZero() {
		return 0, nil
	}
	if id, ok := Inline(t); ok {
		g.key = binary.BigEndian.AppendUint64(g.key[:0], uint64(id))
		return g.intern(id), nil
	}
	k := kindOf(t)
	if k != KindTripleTerm {
		g.key = appendTerm(g.key[:0], t)
		return g.intern(MakeID(k, 0)), nil
	}
	depth, err := tripleDepth(t)
	if err != nil {
		return 0, err
	}
	var parts [3]uint32
	triple := t.Triple()
	for i, part := range [...]rdf.Term{triple.S, triple.P, triple.O} {
		if parts[i], err = g.number(part); err != nil {
			return 0, err
		}
	}
	g.key = g.key[:0]
	for _, n := range parts {
		g.key = binary.BigEndian.AppendUint32(g.key, n)
	}
	before := len(g.terms)
	n := g.intern(MakeID(k, 0))
	if len(g.terms) > before {
		g.depth = max(g.depth, depth)
		g.triples = append(g.triples, localTriple{n, depth, parts})
	}
	return n, nil
}

// intern returns the number of the term with the bytes in g.key.
func (g *segment) intern(id ID) uint32 {
	hash := uint32(maphash.Bytes(g.seed, g.key)) ^ uint32(id.Kind())*0x9e3779b1
	mask := uint32(len(g.table) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		n := g.table[at]
		if n == 0 {
			return g.insert(id, hash, at)
		}
		if t := &g.terms[n-1]; t.hash == hash && t.id.Kind() == id.Kind() && t.text == string(g.key) {
			return n - 1
		}
	}
}

func (g *segment) insert(id ID, hash, at uint32) uint32 {
	if cap(g.arena)-len(g.arena) < len(g.key) {
		g.arena = make([]byte, 0, max(1<<20, len(g.key)))
	}
	from := len(g.arena)
	g.arena = append(g.arena, g.key...)
	text := ""
	if len(g.key) > 0 {
		text = unsafe.String(&g.arena[from], len(g.key))
	}
	g.terms = append(g.terms, localTerm{text, id, hash})
	g.bytes += len(g.key) + 48
	n := uint32(len(g.terms) - 1)
	g.table[at] = n + 1
	if len(g.terms) > len(g.table)/2 {
		g.grow()
	}
	return n
}

func (g *segment) grow() {
	g.table = make([]uint32, 2*len(g.table))
	mask := uint32(len(g.table) - 1)
	for n := 1; n < len(g.terms); n++ {
		at := g.terms[n].hash & mask
		for g.table[at] != 0 {
			at = (at + 1) & mask
		}
		g.table[at] = uint32(n) + 1
	}
}

// ranked returns the segment's term numbers by rank, number 0 at rank 0, and the ranks by number.
func (g *segment) ranked() (order, rank []uint32) {
	g.table = nil
	var dictionary [KindTripleTerm][]uint32 // by kind; triple terms apart
	var inlined []uint32
	for n := 1; n < len(g.terms); n++ {
		switch k := g.terms[n].id.Kind(); {
		case k < KindTripleTerm:
			dictionary[k] = append(dictionary[k], uint32(n))
		case k > KindTripleTerm:
			inlined = append(inlined, uint32(n))
		}
	}
	order = make([]uint32, 1, len(g.terms))
	for _, numbers := range dictionary {
		g.sortTexts(numbers)
		order = append(order, numbers...)
	}
	slices.SortFunc(inlined, func(a, b uint32) int { return compareIDs(g.terms[a].id, g.terms[b].id) })
	rank = make([]uint32, len(g.terms))
	for r, n := range order {
		rank[n] = uint32(r)
	}
	for i, n := range inlined {
		rank[n] = uint32(len(order) + len(g.triples) + i)
	}
	order = g.rankTriples(order, rank)
	return append(order, inlined...), rank
}

// rankTriples appends the triple terms in order, each depth after the one below, whose ranks it needs.
func (g *segment) rankTriples(order, rank []uint32) []uint32 {
	for depth := 1; depth <= g.depth; depth++ {
		var level []localTriple
		for _, t := range g.triples {
			if t.depth == depth {
				for i, n := range t.parts {
					t.parts[i] = rank[n]
				}
				level = append(level, t)
			}
		}
		slices.SortFunc(level, func(a, b localTriple) int { return slices.Compare(a.parts[:], b.parts[:]) })
		for _, t := range level {
			rank[t.term] = uint32(len(order))
			order = append(order, t.term)
		}
	}
	return order
}

func compareIDs(a, b ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// headed is a term number and eight bytes of its text: they decide most comparisons without a look at the text itself.
type headed struct {
	head   uint64
	number uint32
}

// sortTexts sorts term numbers by their texts' bytes.
func (g *segment) sortTexts(numbers []uint32) {
	list := make([]headed, len(numbers))
	for i, n := range numbers {
		list[i].number = n
	}
	g.sortFrom(list, 0)
	for i := range list {
		numbers[i] = list[i].number
	}
}

// sortFrom sorts terms whose texts agree before byte from: by the next eight bytes they do not share, then each run of
// equal ones by what follows.
func (g *segment) sortFrom(list []headed, from int) {
	for len(list) > 1 {
		from += g.shared(list, from)
		for i := range list {
			list[i].head = headOf(g.terms[list[i].number].text, from)
		}
		slices.SortFunc(list, func(a, b headed) int {
			switch {
			case a.head < b.head:
				return -1
			case a.head > b.head:
				return 1
			}
			return 0
		})
		from += 8
		start := 0
		for i := 1; i <= len(list); i++ {
			if i < len(list) && list[i].head == list[start].head {
				continue
			}
			if i == len(list) && start == 0 {
				break // all are equal so far: go on with them here
			}
			g.sortTail(list[start:i], from)
			start = i
		}
		if start > 0 {
			return
		}
		if list = g.endedFirst(list, from); len(list) < 16 {
			g.sortTail(list, from)
			return
		}
	}
}

// sortTail sorts terms that agree before byte from.
func (g *segment) sortTail(list []headed, from int) {
	switch {
	case len(list) < 2:
	case len(list) < 16:
		slices.SortFunc(list, func(a, b headed) int {
			x, y := g.terms[a.number].text, g.terms[b.number].text
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
	default:
		g.sortFrom(g.endedFirst(list, from), from)
	}
}

// endedFirst moves texts that end before byte from to the front, shorter ones first: padded with zeros they looked like others. It
// returns the rest.
func (g *segment) endedFirst(list []headed, from int) []headed {
	ended := 0
	for i := range list {
		if len(g.terms[list[i].number].text) < from {
			list[ended], list[i] = list[i], list[ended]
			ended++
		}
	}
	slices.SortFunc(list[:ended], func(a, b headed) int {
		return len(g.terms[a.number].text) - len(g.terms[b.number].text)
	})
	return list[ended:]
}

// shared returns how many bytes from byte from on all texts have in common.
func (g *segment) shared(list []headed, from int) int {
	first := tail(g.terms[list[0].number].text, from)
	n := len(first)
	for i := 1; i < len(list) && n > 0; i++ {
		t := tail(g.terms[list[i].number].text, from)
		n = min(n, len(t))
		j := 0
		for j < n && t[j] == first[j] {
			j++
		}
		n = j
	}
	return n
}

func tail(s string, from int) string { return s[min(from, len(s)):] }

// headOf returns eight bytes as a number that sorts like them, with zeros behind the end.
func headOf(s string, from int) uint64 {
	s = tail(s, from)
	if len(s) >= 8 {
		return uint64(s[0])<<56 | uint64(s[1])<<48 | uint64(s[2])<<40 | uint64(s[3])<<32 | uint64(s[4])<<24 | uint64(s[5])<<16 | uint64(s[6])<<8 | uint64(s[7])
	}
	var h uint64
	for i := range len(s) {
		h |= uint64(s[i]) << (56 - 8*i)
	}
	return h
}
