package randquery

import (
	"strconv"

	"pgregory.net/rapid"

	"sett/graph/rdf"
)

// Prologue declares the prefix that drawn queries use; Query's text begins with it.
const Prologue = "PREFIX : <urn:r:>\nPREFIX xsd: <" + rdf.XSDNS + ">\n"

// NS is the namespace of the vocabulary.
const NS = "urn:r:"

// Data draws up to limit quads.
func Data(t *rapid.T, limit int) []rdf.Quad {
	return rapid.SliceOfN(rapid.Custom(quad), 0, limit).Draw(t, "data")
}

func quad(t *rapid.T) rdf.Quad {
	q := rdf.Quad{
		S: subject(t),
		P: rdf.NewIRI(NS + "p" + strconv.Itoa(rapid.IntRange(0, 2).Draw(t, "p"))),
		O: object(t),
	}
	switch rapid.IntRange(0, 3).Draw(t, "g") {
	case 2:
		q.G = rdf.NewIRI(NS + "g0")
	case 3:
		q.G = rdf.NewIRI(NS + "g1")
	}
	return q
}

// subject is a node: an IRI, or now and then a blank node.
func subject(t *rapid.T) rdf.Term {
	if n := rapid.IntRange(0, 6).Draw(t, "s"); n < 5 {
		return rdf.NewIRI(NS + "n" + strconv.Itoa(n))
	}
	return rdf.NewBlank("b")
}

// object is a node, a literal of some kind, or a triple term.
func object(t *rapid.T) rdf.Term {
	switch rapid.IntRange(0, 9).Draw(t, "o") {
	case 0, 1:
		return rdf.NewInteger(int64(rapid.IntRange(-1, 3).Draw(t, "n")))
	case 2:
		return rdf.NewString(rapid.SampledFrom([]string{"", "a", "ab", "b", "a long string that is not inlined"}).Draw(t, "str"))
	case 3:
		return rapid.SampledFrom(literals).Draw(t, "lit")
	case 4:
		return rdf.NewTripleTerm(rdf.NewIRI(NS+"n0"), rdf.NewIRI(NS+"p0"), subject(t))
	}
	return subject(t)
}

// literals are those whose kinds differ in how they are stored and compared.
var literals = []rdf.Term{
	rdf.NewLangString("a", "en"),
	rdf.NewLiteral("1.5", rdf.XSDDecimal),
	rdf.NewLiteral("01", rdf.XSDInteger),
	rdf.NewLiteral("2.0E0", rdf.XSDDouble),
	rdf.NewBoolean(true),
	rdf.NewLiteral("2024-02-29", rdf.XSDDate),
	rdf.NewLiteral("2024-02-28", rdf.XSDDate),
	rdf.NewLiteral("2023-12-31", rdf.XSDDate),
	rdf.NewLiteral("2024-01-31Z", rdf.XSDDate),
	rdf.NewLiteral("P1D", rdf.XSDNS+"dayTimeDuration"),
	rdf.NewLiteral("P1M", rdf.XSDNS+"yearMonthDuration"),
	rdf.NewLiteral("2024-02-29T12:00:00Z", rdf.XSDDateTime),
	rdf.NewLiteral("x", NS+"datatype"),
}
