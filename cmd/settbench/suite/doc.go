// Package suite is the queries that settbench measures, with their answers: [Queries] lists them.
//
// They are text, one file a group, over the graph of package literature: a line "# name" and then SPARQL up to the next such line. What each
// answers on 40,000 papers is in answers.txt as its number of rows and a sum over them that does not depend on their order.
// Several are shapes of known benchmarks, which their names say: stars, snowflakes and chains as in WatDiv, the selective joins, negations and
// pages of SP²Bench, the two and three hops around a node of LDBC's interactive reads.
package suite
