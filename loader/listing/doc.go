// Package listing reads a papers listing: one paper a line, as web lists of papers print them.
//
//	<upvotes|-> <title> <abstract> <N> authors · <Mon> <D>[, <YYYY>] [<comments>]
//
// No mark separates title and abstract; [Split] finds the place by evidence: where a run of title words ends and a
// sentence begins. Dates of the year in which the listing was taken have no year: see [NewestYear] and [Options].
//
// Empty lines and lines that hold only "-" are passed over. A byte order mark, CRLF, HTML entities and the various
// middle dots are understood.
//
//	r := listing.NewReader(file, listing.Options{File: "papers.txt", Year: 2025})
//	doc, err := r.Next()
package listing
