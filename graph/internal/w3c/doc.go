// Package w3c supports tests that run the W3C's suites: it reads test manifests, knows where the suites are, keeps the
// lists of known failures honest, and decides whether two sets of quads are the same up to the names of blank nodes.
//
//	root := w3c.Root(t) // skips the test if the suites are not there
//	m, err := w3c.LoadManifest(filepath.Join(root, "rdf/rdf12/rdf-turtle/eval/manifest.ttl"))
//	for _, e := range m.Entries { … e.Suite, e.ID, e.Type, e.Action … }
//
// Standard: the vocabulary of https://www.w3.org/2001/sw/DataAccess/tests/. Isomorphism is that of RDF 1.2 Concepts
// §3.6, over datasets and inside triple terms too.
//
// It is for tests only, and imports rdf and rdfio only.
package w3c
