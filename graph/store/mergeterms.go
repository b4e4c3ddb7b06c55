package store

import (
	"bytes"
	"container/heap"
	"slices"
)

// termSource is what the merge of terms reads: a run, or the dictionary that is there. Terms come by kind, then, of triple
// terms, by depth; ascending within.
type termSource interface {
	begin(k Kind) uint64       // how many terms of a kind below triple terms are to come
	next() ([]byte, error)     // the next one's text, valid until the next call
	took(id ID)                // its final id
	beginTriples() error       // after the other kinds
	depth(d int) uint64        // how many triple terms of a depth are to come
	nextTriple(p *[3]ID) error // the next one's parts, by final ids
}

// termSink takes the merged terms.
type termSink interface {
	term(k Kind, text []byte) ID
}

// mergeTerms gives all terms of sources their final ids, in the order of the terms.
func mergeTerms(sources []termSource, sink termSink) error {
	for k := KindBlank; k < KindTripleTerm; k++ {
		if err := mergeKind(sources, k, sink); err != nil {
			return err
		}
	}
	for _, s := range sources {
		if err := s.beginTriples(); err != nil {
			return err
		}
	}
	for d := 1; d <= maxDepth; d++ {
		more, err := mergeDepth(sources, d, sink)
		if err != nil {
			return err
		}
		if !more {
			break // deeper ones have parts of this depth
		}
	}
	return nil
}

// termHead is a source with terms of a kind left, and the first of these.
type termHead struct {
	source termSource
	text   []byte
	left   uint64
}

type termHeap []termHead

func (h termHeap) Len() int           { return len(h) }
func (h termHeap) Less(i, j int) bool { return bytes.Compare(h[i].text, h[j].text) < 0 }
func (h termHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *termHeap) Push(x any)        { *h = append(*h, x.(termHead)) }
func (h *termHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func mergeKind(sources []termSource, k Kind, sink termSink) error {
	var h termHeap
	for _, s := range sources {
		left := s.begin(k)
		if left == 0 {
			continue
		}
		text, err := s.next()
		if err != nil {
			return err
		}
		h = append(h, termHead{s, text, left})
	}
	heap.Init(&h)
	var last []byte
	id := None
	for len(h) > 0 {
		head := &h[0]
		if id == None || !bytes.Equal(head.text, last) {
			id = sink.term(k, head.text)
			last = append(last[:0], head.text...)
		}
		head.source.took(id)
		if head.left--; head.left == 0 {
			heap.Pop(&h)
			continue
		}
		var err error
		if head.text, err = head.source.next(); err != nil {
			return err
		}
		if len(h) > 1 {
			heap.Fix(&h, 0)
		}
	}
	return nil
}

// mergeDepth merges the triple terms of one depth and reports whether there were any. They are few enough, or in few
// enough sources, to look at every source for the least.
func mergeDepth(sources []termSource, d int, sink termSink) (bool, error) {
	type head struct {
		source termSource
		parts  [3]ID
		left   uint64
	}
	var heads []head
	for _, s := range sources {
		if left := s.depth(d); left > 0 {
			h := head{source: s, left: left}
			if err := s.nextTriple(&h.parts); err != nil {
				return false, err
			}
			heads = append(heads, h)
		}
	}
	any := len(heads) > 0
	var last [3]ID
	id := None
	var text []byte
	for len(heads) > 0 {
		least := 0
		for i := 1; i < len(heads); i++ {
			if slices.Compare(heads[i].parts[:], heads[least].parts[:]) < 0 {
				least = i
			}
		}
		h := &heads[least]
		if id == None || h.parts != last {
			text = appendTriple(text[:0], d, &h.parts)
			id = sink.term(KindTripleTerm, text)
			last = h.parts
		}
		h.source.took(id)
		if h.left--; h.left == 0 {
			heads = slices.Delete(heads, least, least+1)
			continue
		}
		if err := h.source.nextTriple(&h.parts); err != nil {
			return false, err
		}
	}
	return any, nil
}
