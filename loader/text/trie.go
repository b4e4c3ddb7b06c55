package text

// Trie finds phrases in a text by their pieces. Between two pieces a text may have a space, a hyphen or nothing, whatever
// the phrase was written with. It is built first and then read by many goroutines.
type Trie struct {
	next   map[uint64]int32 // node<<32 | word → node
	values [][]int32        // by node
	starts []bool           // by word: some phrase begins with it
}

// NewTrie returns an empty trie.
func NewTrie() *Trie { return &Trie{next: make(map[uint64]int32), values: make([][]int32, 1)} }

// Add makes a phrase known under a value. A phrase may have several values. No words, no phrase.
func (t *Trie) Add(words []WordID, value int32) {
	if len(words) == 0 {
		return
	}
	node := int32(0)
	for _, w := range words {
		key := uint64(node)<<32 | uint64(w)
		n, ok := t.next[key]
		if !ok {
			n = int32(len(t.values))
			t.values = append(t.values, nil)
			t.next[key] = n
		}
		node = n
	}
	for len(t.starts) <= int(words[0]) {
		t.starts = append(t.starts, false)
	}
	t.starts[words[0]] = true
	t.values[node] = append(t.values[node], value)
}

// Match is a phrase found: the pieces from From up to, not including, To.
type Match struct {
	From, To int
	Values   []int32
}

// Find appends to out the phrases that begin at piece i and end before piece limit, shortest first. A hyphen between
// pieces is skipped if at least its left side is tight.
func (t *Trie) Find(x *Text, i, limit int, out []Match) []Match {
	first := x.Pieces[i].ID
	if first == 0 || int(first) >= len(t.starts) || !t.starts[first] {
		return out
	}
	node := int32(0)
	for j := i; j < limit; j++ {
		p := &x.Pieces[j]
		if p.Kind == Hyphen && j > i && !p.Spaced {
			continue
		}
		if p.ID == 0 {
			return out
		}
		n, ok := t.next[uint64(node)<<32|uint64(p.ID)]
		if !ok {
			return out
		}
		node = n
		if v := t.values[node]; len(v) > 0 {
			out = append(out, Match{From: i, To: j + 1, Values: v})
		}
	}
	return out
}
