package extract

import (
	"sett/loader/lexicon"
	"sett/loader/text"
)

// isContext reports whether a quantity is a context length.
func (w *worker) isContext(s *scope, q *text.Quantity) bool {
	return q.Value.Float() < 2e8 && (s.has(cueContext, max(s.sentence.From, q.From-12), q.From) || s.has(cueContext, q.To, min(q.To+5, s.sentence.To)))
}

// relateContext reads context lengths: "context lengths of 4K, 32K and 360K", "a 128K context window", "up to 1M tokens of context".
func (w *worker) relateContext(s *scope) {
	if w.domain < 2 || !s.any(cueContext) || s.sentence.Title {
		return
	}
	for i := range s.quantities {
		q := &s.quantities[i]
		if q.Unit != text.NoUnit && q.Unit != text.Tokens || w.inName(q) {
			continue
		}
		near := w.isContext(s, q)
		if !near && q.Group > 0 {
			for k := range s.quantities {
				near = near || s.quantities[k].Group == q.Group && w.isContext(s, &s.quantities[k])
			}
		}
		if !near {
			continue
		}
		v := q.Value
		n := v.Float()
		switch {
		case q.Magnitude == 'K' && q.Letter:
			v = v.Scale(-3).Times(1024)
		case q.Magnitude == 0 && q.Unit == text.NoUnit && n < 1024:
			continue
		case q.Magnitude == 'B', q.Magnitude == 'T', q.Magnitude != 0 && !q.Letter && q.Unit != text.Tokens:
			continue
		}
		if n < 256 || n > 1e8 || q.Magnitude == 0 && q.Unit == text.NoUnit && !powerful(v) {
			continue
		}
		if q.Role == text.Low || s.has(cueTrain, max(s.sentence.From, q.From-3), q.From) {
			continue // "extends the context from 8K to 80K", "trained on sequences of 4K"
		}
		subject, ok := w.subject(s, q.From)
		if near, is := w.nearest(s, q.From, 14); ok && !w.ownModel(subject) && !(is && near.entity == subject) {
			continue
		}
		if !ok && w.mainKind == lexicon.Model && !s.any(cueDoubt) && (s.own || s.any(cueOwnModel) || s.any(cueItModel) || s.any(cueTheyModel) || w.speaksOfModel(s)) {
			subject, ok = w.main, true
		}
		if ok {
			w.figure(s, subject, "contextLength", v, "context-length", 0.9)
			if e, ok := w.joined(s, subject, q.From); ok {
				w.figure(s, e, "contextLength", v, "context-length", 0.87)
			}
			for _, e := range w.both(s, subject, q.From) {
				w.figure(s, e, "contextLength", v, "context-length", 0.86)
			}
		}
	}
}

// speaksOfModel reports whether the sentence names a model of the paper's.
func (w *worker) speaksOfModel(s *scope) bool {
	for _, m := range s.mentions {
		if w.classOf(m) == lexicon.Model && w.ownModel(m.entity) {
			return true
		}
	}
	return false
}

// powerful reports whether a bare number looks like a context length: a multiple of 256.
func powerful(d text.Decimal) bool {
	n, ok := d.Int()
	return ok && n%256 == 0
}
