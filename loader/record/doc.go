// Package record turns a bibliographic record, whatever it was read from, into a [document.Document].
//
// A [Record] is the union of what exports of papers hold: identifiers, title, abstract, authors, a date, links, a DOI, a
// licence, counts. Readers of JSON lines and of CSV fill one and call [Record.Document]. The package also reads the
// spellings that such exports use for the same thing: [Authors] and [Date].
//
//	r := record.New()
//	r.Title, r.Abstract, r.Authors = "A title", "We introduce …", record.Authors("['Ann Lee', Bo Chen]")
//	doc, err := r.Document("papers.csv", 7)
//
// It knows no file format and nothing of models or datasets.
package record
