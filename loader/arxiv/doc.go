// Package arxiv reads papers from JSON, lines or an array: the public arXiv metadata dump, and plainer records.
//
// An object a line, or objects over several lines, in an array or one after the other. Of the dump it takes id, title, abstract, authors (or authors_parsed), versions' dates, doi and
// license; of plainer records title, abstract and what there is of authors (a list, or a string that prints one), year
// or date, links or url, arxiv, doi, license, upvotes and comments. Unknown keys are passed over.
//
//	r := arxiv.NewReader(in, arxiv.Options{File: "papers.jsonl"})
//	for {
//		doc, err := r.Next()
//		…
//	}
//
// A line that is no such object is a *document.Skipped with file and line; the reader goes on after it. Memory is
// bounded by the longest line, and that by [Options].
//
// Format: JSON (RFC 8259) in lines; a lone surrogate escape becomes U+FFFD, bytes that are not UTF-8 are an error of the
// line. The package knows nothing of models or datasets.
package arxiv
