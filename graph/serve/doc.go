// Package serve is a database behind HTTP: the SPARQL 1.1 Protocol at /sparql, the Graph Store HTTP Protocol at /data, and a
// page for people at /.
//
//	h := serve.New(db, serve.Options{})
//	http.ListenAndServe("127.0.0.1:7878", h)
//
// Errors are text, the same that the command line prints, with a status: 400 for what is wrong with the request, 403 for what is
// not allowed, 406 and 415 for formats, 503 for a limit that ended it. Answers are streamed; one that fails after its head has
// been sent is cut off, so that no client takes the beginning for the whole.
//
// It knows nothing of users: whoever reaches the address may read and, unless Options.ReadOnly is set, write. What it does guard
// against are pages of other sites in a browser on the same machine.
package serve
