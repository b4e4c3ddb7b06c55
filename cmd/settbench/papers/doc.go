// Package papers makes up metadata of papers in the layout of arXiv's public dump, of any number and always the same: JSON
// lines with id, submitter, authors, title, comments, journal-ref, doi, categories, license, abstract, versions, update_date and
// authors_parsed.
//
// The texts come from a grammar, grammar.txt: reports of language models with sizes, tokens, hardware and scores, datasets,
// benchmarks, methods, and papers of other sciences from which nothing about models may be read. What a paper introduces has a
// coined name that no other paper has; what it refers to are names of the field. Abstracts have about 900 bytes.
//
//	err := papers.Generate(papers.Options{Papers: 1000000}, func(line []byte) error { … })
//
// Everything about paper i is computed from i and the seed, so that memory does not grow and a prefix of a longer file is the shorter file.
package papers
