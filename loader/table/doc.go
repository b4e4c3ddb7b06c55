// Package table reads papers from CSV: one a row, under a header that names the columns.
//
// The columns are known by their names, in any order, case and number: title, abstract, authors, year, date, doi, arxiv,
// url, license, upvotes, comments and id, each under some other names too. A column of another name is passed over. The
// separator (comma, semicolon, tab or bar) is read off the header.
//
//	r := table.NewReader(in, table.Options{File: "papers.csv"})
//	for {
//		doc, err := r.Next()
//		…
//	}
//
// A malformed row is a *document.Skipped with file and line; the reader goes on after it. Memory is bounded by the
// longest row, and that by [Options]. Format: CSV (RFC 4180), UTF-8 with or without a byte order mark.
package table
