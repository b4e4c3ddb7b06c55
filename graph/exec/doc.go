// Package exec runs the plans of package plan over a snapshot of the store.
//
// [Run] returns [Rows], which yields a [Batch] at a time: up to 1024 rows, a column of store.ID a variable. Operators
// pull batches from each other, one operator a file. Ids become terms only in the end, through [Rows.Terms].
// [Construct] makes quads of templates, [Describe] the description of resources.
//
//	rows, err := exec.Run(ctx, p, snap, exec.Options{})
//	defer rows.Close()
//	for {
//		b, err := rows.Next() // nil at the end
//		…
//	}
//
// Terms that a query computes get ids too: the inlined one or the stored one if there is one, otherwise an id of kind
// store.KindLocal that holds for this query only. So joins, DISTINCT and GROUP BY compare ids everywhere.
//
// Multiway joins, and chains of look-ups, filters and probes of hash tables, run on several threads where their work is worth it;
// rows and their order do not depend on the number of threads.
//
// Every run stands under a context, looked at once a batch, and a limit of memory; what is over ends with [ErrLimit].
//
// Standards: SPARQL 1.1 Query §18.3 to §18.6, SPARQL 1.2.
//
// The package chooses nothing: which operator runs where is the plan's. It knows no syntax and prints nothing.
package exec
