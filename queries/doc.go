// Package queries finds, describes and binds saved queries: files such as trained-on.rq with a head of comments.
//
//	# title: Models trained on a dataset
//	# description: Also on a part or a version of it.
//	# param dataset iri = dataset:the-stack-v2 : the dataset
//	# param min integer = 0 : least number of training tokens
//	SELECT ?model WHERE { … }
//
// A [Library] lists the files of several folders, the nearest first, and those of this package, which are built in. A
// [Query] is one of them; [Query.Bind] turns what a user typed into terms for its parameters. A parameter is a variable
// of the same name, which the engine binds: nothing is ever pasted into a text.
//
//	q, err := queries.Open("queries").Find("trained-on")
//	values, err := q.Bind(map[string]string{"min": "1000000"}, prefixes)
//
// A parameter whose default is empty ("# param hardware iri = : …") is optional: without a value its variable stays free.
// One without "=" must be given. The last part of a name tells the language: .rq is SPARQL, .gizmo, .graphql and .mql are
// Cayley's. The package runs nothing.
package queries
