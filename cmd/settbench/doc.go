// Command settbench makes synthetic literature graphs and papers, and measures sett on them.
//
//	settbench gen --papers 40000 > lit.nt      about 1.1 million triples
//	settbench papers --count 1000000 --out papers.jsonl.zst    made-up papers like arXiv's dump, to extract from
//	settbench load lit.nt                      loads them into sett and other stores and prints rates, sizes and memory
//	settbench query lit.db                     runs the queries of package suite and prints their times
//
// With --peer, load and query measure other engines in the same run; --help says which, and how to get them.
//
// Figures that the documentation quotes come from here or from the benchmarks beside it (go test -bench).
package main
