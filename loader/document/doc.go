// Package document is what a reader of papers hands to the extraction: one [Document] a paper or model card, one at a
// time through [Reader].
//
// A reader knows its file format and nothing of models or datasets; the extraction knows sentences and names and
// nothing of files. What a format states outright (a licence in front matter, a base model) travels as [Fact].
//
//	for {
//		doc, err := reader.Next()
//		if err == io.EOF {
//			break
//		}
//		…
//	}
//
// The package imports graph/rdf only.
package document
