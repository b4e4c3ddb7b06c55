// Package sparqltest turns an entry of the W3C's SPARQL suites into a case that any evaluator can run: the query or
// update with its base, the dataset, the expected answer, and a comparison as the suites ask for: solutions as multisets,
// as sequences where the result has indexes, graphs and datasets up to the names of blank nodes, computed numbers by value.
//
//	c, err := sparqltest.Load(entry)
//	got := … run c.Text with base c.Base over c.Data …
//	err = c.Check(got)
//
// It is for tests only.
package sparqltest
