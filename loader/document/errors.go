package document

import "strconv"

// Error returns file:line: what was wrong.
func (s *Skipped) Error() string {
	return s.File + ":" + strconv.Itoa(s.Line) + ": " + s.Err.Error()
}

// Unwrap returns the cause.
func (s *Skipped) Unwrap() error { return s.Err }
