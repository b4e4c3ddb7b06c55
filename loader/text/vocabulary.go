package text

// WordID names a word of a vocabulary; 0 is a word it does not have.
type WordID uint32

// Vocabulary numbers the small-letter pieces that a program knows. It is filled first and then read by many
// goroutines.
type Vocabulary struct{ ids map[string]WordID }

// NewVocabulary returns an empty one.
func NewVocabulary() *Vocabulary { return &Vocabulary{ids: make(map[string]WordID)} }

// Add returns the id of a piece in small letters, making it if it is new.
func (v *Vocabulary) Add(piece string) WordID {
	id, ok := v.ids[piece]
	if !ok {
		id = WordID(len(v.ids) + 1)
		v.ids[piece] = id
	}
	return id
}

// ID returns the id of a piece whatever its capitals, or 0.
func (v *Vocabulary) ID(piece string) WordID { return v.ids[string(appendLower(nil, piece))] }

func (v *Vocabulary) lookup(b []byte) WordID { return v.ids[string(b)] }

// Len returns the number of words.
func (v *Vocabulary) Len() int { return len(v.ids) }

// IDs returns the ids of the pieces of a form, hyphens left out, adding those that are new.
func (v *Vocabulary) IDs(form string) []WordID {
	var t Text
	t.Raw = form
	t.cut(v)
	var ids []WordID
	for i, p := range t.Pieces {
		if p.Kind == Hyphen || p.Kind == Break {
			continue
		}
		ids = append(ids, v.Add(string(appendLower(nil, t.String(i)))))
	}
	return ids
}
