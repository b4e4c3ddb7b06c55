package exec

// The context is looked at once a batch, by watched. What may take longer for a batch than a few milliseconds, or works on all that it holds
// at once, looks at it in between.
const (
	lookRows = 1 << 6  // rows for which an expression is worked out
	lookIDs  = 1 << 16 // ids that are moved or compared
)

// look looks at the context now and then: before each item whose number is a multiple of every, a power of two.
func (q *query) look(item, every int) error {
	if item&(every-1) != 0 {
		return nil
	}
	return q.ctx.Err()
}
