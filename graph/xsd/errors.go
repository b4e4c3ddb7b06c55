package xsd

import "errors"

// ErrType is what each evaluation error of an expression Is: SPARQL 1.1 §17.2 lets a filter treat it as false, BIND as
// unbound.
var ErrType = errors.New("type error")

// ErrTimeout says that a regular expression with back-references ran too long. It ends the query: it Is not ErrType.
var ErrTimeout = errors.New("regular expression takes too long")

// typeError is an evaluation error. Making one does not allocate: they are met by the row.
type typeError string

func (e typeError) Error() string        { return string(e) }
func (e typeError) Is(target error) bool { return target == ErrType }

const (
	errUnbound      typeError = "an unbound value"
	errIncomparable typeError = "values of these types cannot be compared"
	errUnknown      typeError = "equality of literals of unknown type or ill-typed is not known"
	errZone         typeError = "the order depends on a time zone that is not given"
	errPartial      typeError = "durations of months and days have no order"
	errEBV          typeError = "no effective boolean value"
	errNumber       typeError = "not a number"
	errArith        typeError = "no such arithmetic on these types"
	errDivision     typeError = "division by zero"
	errRange        typeError = "out of the range of its type"
	errString       typeError = "not a string"
	errStrings      typeError = "strings whose languages or directions do not go together"
	errArgument     typeError = "argument of a wrong type"
	errCast         typeError = "cannot be cast"
	errDateTime     typeError = "not a date or time with this part"
	errTriple       typeError = "not a triple term"
	errEmpty        typeError = "an empty group"
)
