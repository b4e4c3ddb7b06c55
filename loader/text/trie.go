package text

// Trie finds phrases in a text by their pieces. Between two pieces a text may have a space, a hyphen or nothing, whatever
// the phrase was written with. It is built first and then read by many goroutines.
type Trie struct {
	next   map[uint64]int32 // node<<32 | word → node
	values [][]int32        // by node
	first  []int32          // by word: the node of phrases that begin with it, 0 for none
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
	for len(t.first) <= int(words[0]) {
		t.first = append(t.first, 0)
	}
	t.first[words[0]] = t.next[uint64(words[0])]
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
	word := x.Pieces[i].ID
	if word == 0 || int(word) >= len(t.first) || t.first[word] == 0 {
		return out
	}
	node := t.first[word]
	if v := t.values[node]; len(v) > 0 {
		out = append(out, Match{From: i, To: i + 1, Values: v})
	}
	for j := i + 1; j < limit; j++ {
		p := &x.Pieces[j]
		if p.Kind == Hyphen && !p.Spaced {
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
