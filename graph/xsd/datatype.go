package xsd

import (
	"math"

	"sett/graph/rdf"
)

// Kind tells what a value is. Numeric kinds stand in the order of promotion.
type Kind uint8

const (
	None       Kind = iota // no value: unbound
	Blank                  // blank node
	IRI                    // IRI
	String                 // xsd:string
	LangString             // rdf:langString and rdf:dirLangString
	Boolean
	Integer // xsd:integer and the types derived from it
	Decimal
	Float
	Double
	DateTime // xsd:dateTime, xsd:dateTimeStamp
	Date
	Time
	GYear
	GYearMonth
	GMonth
	GMonthDay
	GDay
	Duration   // xsd:duration, xsd:dayTimeDuration, xsd:yearMonthDuration
	TripleTerm // triple term
	Other      // literal of a datatype not listed here
	Invalid    // literal whose lexical form its datatype, listed here, does not have
)

// datatype is one XML Schema datatype whose values this package knows.
type datatype struct {
	name   string // after the namespace
	kind   Kind
	lo, hi int64 // of types derived from integer; hi is not a limit if it is MaxInt64, lo if MinInt64
	iri    string
}

// The places of datatypes in the table that code names.
const (
	tString = iota
	tBoolean
	tInteger
	tDecimal
	tFloat
	tDouble
	tDateTime
	tDateTimeStamp
	tDate
	tTime
	tGYear
	tGYearMonth
	tGMonth
	tGMonthDay
	tGDay
	tDuration
	tDayTime
	tYearMonth
	tLong
	tUnsignedLong
)

const noLow, noHigh = math.MinInt64, math.MaxInt64

var datatypes = withIRIs([]datatype{
	tString:        {name: "string", kind: String},
	tBoolean:       {name: "boolean", kind: Boolean},
	tInteger:       {name: "integer", kind: Integer, lo: noLow, hi: noHigh},
	tDecimal:       {name: "decimal", kind: Decimal},
	tFloat:         {name: "float", kind: Float},
	tDouble:        {name: "double", kind: Double},
	tDateTime:      {name: "dateTime", kind: DateTime},
	tDateTimeStamp: {name: "dateTimeStamp", kind: DateTime},
	tDate:          {name: "date", kind: Date},
	tTime:          {name: "time", kind: Time},
	tGYear:         {name: "gYear", kind: GYear},
	tGYearMonth:    {name: "gYearMonth", kind: GYearMonth},
	tGMonth:        {name: "gMonth", kind: GMonth},
	tGMonthDay:     {name: "gMonthDay", kind: GMonthDay},
	tGDay:          {name: "gDay", kind: GDay},
	tDuration:      {name: "duration", kind: Duration},
	tDayTime:       {name: "dayTimeDuration", kind: Duration},
	tYearMonth:     {name: "yearMonthDuration", kind: Duration},
	tLong:          {name: "long", kind: Integer, lo: noLow, hi: noHigh},
	tUnsignedLong:  {name: "unsignedLong", kind: Integer, lo: 0, hi: noHigh},
	{name: "int", kind: Integer, lo: math.MinInt32, hi: math.MaxInt32},
	{name: "short", kind: Integer, lo: math.MinInt16, hi: math.MaxInt16},
	{name: "byte", kind: Integer, lo: math.MinInt8, hi: math.MaxInt8},
	{name: "nonNegativeInteger", kind: Integer, lo: 0, hi: noHigh},
	{name: "positiveInteger", kind: Integer, lo: 1, hi: noHigh},
	{name: "nonPositiveInteger", kind: Integer, lo: noLow, hi: 0},
	{name: "negativeInteger", kind: Integer, lo: noLow, hi: -1},
	{name: "unsignedInt", kind: Integer, lo: 0, hi: math.MaxUint32},
	{name: "unsignedShort", kind: Integer, lo: 0, hi: math.MaxUint16},
	{name: "unsignedByte", kind: Integer, lo: 0, hi: math.MaxUint8},
})

func withIRIs(table []datatype) []datatype {
	for i := range table {
		table[i].iri = rdf.XSDNS + table[i].name
	}
	return table
}

// datatypeNames finds a place in the table by the name after the namespace.
var datatypeNames = func() map[string]uint8 {
	m := make(map[string]uint8, len(datatypes))
	for i, d := range datatypes {
		m[d.name] = uint8(i)
	}
	return m
}()

// datatypeOf finds a datatype by its IRI.
func datatypeOf(iri string) (uint8, bool) {
	const ns = rdf.XSDNS
	if len(iri) <= len(ns) || iri[:len(ns)] != ns {
		return 0, false
	}
	switch iri[len(ns):] { // the frequent ones without hashing
	case "integer":
		return tInteger, true
	case "double":
		return tDouble, true
	case "decimal":
		return tDecimal, true
	case "date":
		return tDate, true
	case "dateTime":
		return tDateTime, true
	}
	t, ok := datatypeNames[iri[len(ns):]]
	return t, ok
}
