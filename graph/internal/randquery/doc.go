// Package randquery draws random data and random SPARQL queries over it, for comparing evaluators.
//
// Both draw from a vocabulary so small that joins find partners, optional parts are sometimes absent, and filters keep
// some rows: a few nodes, predicates, numbers, strings and graphs. Queries are text, so that the parser takes part. They use every
// operator of the algebra but SERVICE, nested a few deep, and keep away from what the standard leaves open: SAMPLE, and
// variables of an EXISTS inside MINUS, BIND or subqueries. Which of equal rows a LIMIT keeps is open too: see [Cut].
//
// [Data] and [Query] take their choices from pgregory.net/rapid, which shrinks a failure and prints how to replay it.
package randquery
