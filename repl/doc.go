// Package repl is the prompt of sett: it reads statements and dot commands, from a terminal with line editing or from
// any other input, runs them on a graph, and prints what comes back.
//
// A [Session] holds what lasts from statement to statement: the open database, prefixes, settings, the last result.
// [Session.Prompt] serves a terminal, [Session.Script] everything else; both cut their input with the same splitter
// (splitter.go), whose rules are those of the manual: a statement ends at a line that holds only ";", at the end of
// input, or at an empty line where the text so far is a whole statement; a line that starts with "." is a command.
//
// Dot commands are one table (command.go) from which dispatch, abbreviation, completion and .help read. To add one, add
// a row and a method. Completion (complete.go) looks at the tokens around the cursor and asks the graph for names
// (names.go).
//
// [Explorer] answers the questions about single nodes that both the prompt and the command line ask: which node a name
// means, its neighbourhood, a path, the evidence of a statement.
//
//	s, err := repl.NewSession(db, repl.Options{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
//	err = s.Script(ctx, os.Stdin)
//
// The package knows nothing of how the graph is kept or a query is run: it imports the face (package graph), not what
// is behind it.
package repl
