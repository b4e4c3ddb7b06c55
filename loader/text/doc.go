// Package text cuts English prose into pieces, sentences and quantities, with exact places in the original.
//
// A [Piece] is a run of letters, a number, a URL, or one other character. Letters and digits are separate pieces, so that
// "StarCoder2-15B", "StarCoder 2 15B" and "StarCoder2 15B" differ only in the separators between the same pieces; a
// [Trie] over pieces is therefore tolerant of hyphens and spaces. A [Text] holds the pieces of one document, its
// sentences and the quantities ("59.4K H100 GPU hours", "3.3 to 4.3 trillion tokens", "\$148K") read from them. Nothing
// is normalised away: every piece keeps its byte offsets, and [Text.RuneOffset] turns those into code points.
//
//	var t text.Text
//	t.Reset(document.Whole(), vocabulary)
//	for _, s := range t.Sentences { … t.Pieces[s.From:s.To] … }
//
// The package imports the standard library only, and knows no model, dataset or relation.
package text
