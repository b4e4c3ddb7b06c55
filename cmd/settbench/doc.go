// Command settbench makes synthetic literature graphs and measures sett on them.
//
//	settbench gen --papers 40000 > lit.nt      about 1.1 million triples
//	settbench load lit.nt                      loads them into a new database and prints rates and sizes
//	settbench query lit.db                     runs the queries of its suite and prints their times as a table
//
// Figures that the documentation quotes come from here or from the benchmarks beside it (go test -bench).
package main
