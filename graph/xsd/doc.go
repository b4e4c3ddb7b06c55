// Package xsd knows the values behind RDF terms: what "01"^^xsd:integer and "1.0"^^xsd:decimal have in common, how
// dates with and without time zones compare, and what the functions and aggregates of SPARQL compute.
//
// A [Value] is a term with its value worked out once: [FromTerm] reads it, [Value.Term] gives the term back, with its
// own spelling if it came from one and a canonical one if it was computed. Operators are functions of two values
// ([Equal], [Compare], [Add] …); the functions of SPARQL's grammar, and the casts, are rows of one table
// ([LookupFunction]); [NewAccumulator] makes the aggregates. [Order] is the total order of ORDER BY.
//
//	a, b := xsd.FromTerm(rdf.NewInteger(1)), xsd.FromTerm(rdf.NewLiteral("2.5", rdf.XSDDecimal))
//	sum, err := xsd.Add(a, b) // "3.5"^^xsd:decimal
//	less, err := xsd.Compare(a, b) // -1
//
// Standards: SPARQL 1.1 §17 and SPARQL 1.2's additions to it; XML Schema 1.1 Part 2; XQuery and XPath Functions and
// Operators 3.1. An evaluation error of SPARQL is an error that Is [ErrType].
//
// What the standards leave open, or we add:
//   - Numbers: integers and decimals are exact and of any size; a quotient of theirs has 24 significant digits or, if
//     that is more, 18 behind the point. A computed decimal is spelt as Turtle abbreviates it (2.0), its cast to
//     xsd:string as XPath wants it (2).
//   - Times are kept to the nanosecond. Between one with a time zone and one without, an order or equality that
//     depends on the missing zone (±14 hours) is an error, as in XML Schema; [Order] takes UTC for it.
//   - The operators + - * / work on dates, times and durations too, and < on all of them, as in XPath.
//   - Values of different known datatypes differ (= is false); with an unknown datatype or an ill-typed literal in
//     play, only the same term is equal, all else is an error. Nothing but itself equals a language-tagged string.
//   - Strings compare by code point; there are no collations.
//
// The package imports rdf only; it knows nothing of queries, storage or ids. All of it is safe for concurrent use but
// accumulators and [Context].
package xsd
