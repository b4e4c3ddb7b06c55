package store

import (
	"fmt"
	"math"
)

// ID is a term inside the engine: four bits of kind above sixty of payload. For the dictionary's kinds the payload
// is a number that the store gave out; for inlined kinds it is the value itself, so that unsigned order is value
// order within a kind. One term has one id, and one id is one term.
//
// Ids stay what they are through any number of transactions, and change when a bulk load or [Store.Compact] rebuilds the store.
type ID uint64

// None is no term: unbound in a row, the default graph in a graph column.
const None ID = 0

// Kind is the upper four bits of an [ID]. Kinds are numbered in the order in which SPARQL 1.1 §15.1 sorts terms.
type Kind uint8

const (
	KindNone          Kind = iota // None, and nothing else
	KindBlank                     // blank node, dictionary
	KindIRI                       // IRI, dictionary
	KindLiteral                   // literal that is not inlined, dictionary
	KindTripleTerm                // triple term, dictionary
	KindString                    // xsd:string of at most 7 bytes
	KindBoolean                   // xsd:boolean
	KindInteger                   // xsd:integer within ±2^59
	KindDecimal                   // xsd:decimal with a point, at most 6 digits behind it
	KindDouble                    // xsd:double in canonical form, at most 14 significant digits
	KindDate                      // xsd:date without time zone, years 1 to 9999
	KindDateTime                  // xsd:dateTime in UTC (Z), microseconds, years 1 to 9999
	KindGYear                     // xsd:gYear without time zone, years 1 to 9999
	KindFloat                     // xsd:float in canonical form, at most 6 significant digits
	KindDateTimeLocal             // xsd:dateTime without time zone, microseconds, years 1 to 9999
	KindLocal                     // a query's own computed terms; never stored, owned by package exec
)

const (
	payloadBits = 60
	payloadMask = 1<<payloadBits - 1
)

// MakeID returns the id with a kind and a payload below 2^60.
func MakeID(k Kind, payload uint64) ID { return ID(uint64(k)<<payloadBits | payload&payloadMask) }

// Kind returns the kind.
func (id ID) Kind() Kind { return Kind(id >> payloadBits) }

// Payload returns the lower sixty bits.
func (id ID) Payload() uint64 { return uint64(id) & payloadMask }

// IsInline reports whether the id is the value itself, so that [InlineTerm] gives its term without a snapshot.
func (id ID) IsInline() bool { k := id.Kind(); return k >= KindString && k <= KindDateTimeLocal }

// IsLiteral reports whether the term is a literal, inlined or in the dictionary; false for KindLocal.
func (id ID) IsLiteral() bool { return id.Kind() == KindLiteral || id.IsInline() }

// IsDictionary reports whether the term is in the dictionary.
func (id ID) IsDictionary() bool { k := id.Kind(); return k >= KindBlank && k <= KindTripleTerm }

// KindRange returns the smallest and the largest id of a kind.
func KindRange(k Kind) (lo, hi ID) { return MakeID(k, 0), MakeID(k, payloadMask) }

// MaxID is the largest id there is; no stored term has it.
const MaxID ID = math.MaxUint64

var kindNames = [16]string{"none", "blank", "iri", "literal", "triple", "string", "boolean", "integer", "decimal",
	"double", "date", "dateTime", "gYear", "float", "dateTimeLocal", "local"}

// String returns the kind's name: "iri", "integer".
func (k Kind) String() string { return kindNames[k&15] }

// String returns kind and payload, "iri:17", for people who debug.
func (id ID) String() string {
	if id == None {
		return "-"
	}
	return fmt.Sprintf("%s:%d", id.Kind(), id.Payload())
}
