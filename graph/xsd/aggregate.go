package xsd

import "strings"

// Accumulator folds the values of a group (SPARQL 1.1 §18.5.1). DISTINCT is the caller's: it adds each value once.
type Accumulator interface {
	// Add takes the next value, or the error that evaluating the argument gave: by it COUNT and SAMPLE skip the row,
	// the others fail. A zero Value without an error is an unbound argument, the same as an error.
	Add(v Value, err error)
	// Result returns the aggregate of what was added; ErrType if it has none.
	Result() (Value, error)
	// Reset makes the accumulator ready for another group.
	Reset()
}

// NewAccumulator returns the accumulator of COUNT, SUM, AVG, MIN, MAX, SAMPLE or GROUP_CONCAT; the separator is of use to
// the last only, whose default " " the caller gives. False for other names. COUNT(*) is COUNT with any bound value a row.
func NewAccumulator(name, separator string) (Accumulator, bool) {
	switch name {
	case "COUNT":
		return new(countAcc), true
	case "SUM":
		return &sumAcc{sum: NewInteger(0)}, true
	case "AVG":
		return &avgAcc{sumAcc{sum: NewInteger(0)}}, true
	case "MIN":
		return &extremeAcc{sign: -1}, true
	case "MAX":
		return &extremeAcc{sign: 1}, true
	case "SAMPLE":
		return new(sampleAcc), true
	case "GROUP_CONCAT":
		return &concatAcc{separator: separator}, true
	}
	return nil, false
}

type countAcc struct{ n int64 }

func (a *countAcc) Add(v Value, err error) {
	if err == nil && v.kind != None {
		a.n++
	}
}
func (a *countAcc) Result() (Value, error) { return NewInteger(a.n), nil }
func (a *countAcc) Reset()                 { a.n = 0 }

// sumAcc is 0 for an empty group.
type sumAcc struct {
	sum Value
	n   int64
	err error
}

func (a *sumAcc) Add(v Value, err error) {
	if a.err != nil {
		return
	}
	switch {
	case err != nil:
		a.err = err
	case v.kind == None:
		a.err = errUnbound
	default:
		a.n++
		a.sum, a.err = Add(a.sum, v)
		if a.err == nil && !v.IsNumeric() {
			a.err = errNumber
		}
	}
}
func (a *sumAcc) Result() (Value, error) { return a.sum, a.err }
func (a *sumAcc) Reset()                 { *a = sumAcc{sum: NewInteger(0)} }

// avgAcc is 0 for an empty group.
type avgAcc struct{ sumAcc }

func (a *avgAcc) Result() (Value, error) {
	if a.err != nil || a.n == 0 {
		return a.sum, a.err
	}
	return Div(a.sum, NewInteger(a.n))
}

// extremeAcc is MIN and MAX: by <, and by the order of ORDER BY where < has no answer.
type extremeAcc struct {
	sign int
	best Value
	err  error
}

func (a *extremeAcc) Add(v Value, err error) {
	switch {
	case a.err != nil:
	case err != nil:
		a.err = err
	case v.kind == None:
		a.err = errUnbound
	case a.best.kind == None:
		a.best = v
	default:
		c, err := Compare(v, a.best)
		if err != nil || c == unordered {
			c = OrderValues(v, a.best)
		}
		if c == a.sign {
			a.best = v
		}
	}
}
func (a *extremeAcc) Result() (Value, error) {
	if a.err == nil && a.best.kind == None {
		return Value{}, errEmpty
	}
	return a.best, a.err
}
func (a *extremeAcc) Reset() { *a = extremeAcc{sign: a.sign} }

type sampleAcc struct{ v Value }

func (a *sampleAcc) Add(v Value, err error) {
	if err == nil && a.v.kind == None {
		a.v = v
	}
}
func (a *sampleAcc) Result() (Value, error) {
	if a.v.kind == None {
		return Value{}, errEmpty
	}
	return a.v, nil
}
func (a *sampleAcc) Reset() { a.v = Value{} }

// concatAcc joins what STR gives; "" for an empty group.
type concatAcc struct {
	separator string
	b         strings.Builder
	n         int
	err       error
}

func (a *concatAcc) Add(v Value, err error) {
	switch {
	case a.err != nil:
	case err != nil:
		a.err = err
	case v.kind != IRI && !v.IsLiteral():
		a.err = errArgument
	default:
		if a.n > 0 {
			a.b.WriteString(a.separator)
		}
		a.n++
		a.b.WriteString(v.Lexical())
	}
}
func (a *concatAcc) Result() (Value, error) { return NewString(a.b.String()), a.err }
func (a *concatAcc) Reset()                 { *a = concatAcc{separator: a.separator} }
