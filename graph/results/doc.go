// Package results reads and writes what a SELECT or ASK query answers: a table of terms, or a boolean.
//
// [NewWriter] streams rows in a [Format]: JSON, XML, CSV and TSV of SPARQL 1.1 and 1.2 (triple terms, base
// direction), JSON lines, and a table for the terminal. [NewReader] streams the first four back; [ReadAll] collects a
// [Table]; [FromGraph] reads one that is spelt as RDF, as the W3C's tests have it.
//
//	format, _ := results.FormatByName("csv")
//	w, err := results.NewWriter(os.Stdout, format, []string{"model"}, results.Options{})
//	err = w.Row([]rdf.Term{rdf.NewIRI("urn:sett:model:olmoe")})
//	err = w.Close()
//
// Standards: SPARQL 1.2 Query Results JSON Format, XML Format, CSV and TSV Formats.
//
// The package imports rdf only; it knows nothing of queries and runs none. A Reader or Writer serves one goroutine.
package results
