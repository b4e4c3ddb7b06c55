package exec

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrLimit is a query's limit of time or memory that was reached; the message says which and how much.
var ErrLimit = errors.New("query limit reached")

// ErrService is SERVICE that is not allowed, or whose endpoint is not known or gives no answer; the message says which.
var ErrService = errors.New("SERVICE")

// limitError wraps the end of a deadline in ErrLimit and leaves other errors alone.
func limitError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: out of time: %w", ErrLimit, err)
	}
	return err
}

// budget counts the bytes that operators hold. It is safe for concurrent use.
type budget struct {
	used  atomic.Int64
	limit int64
}

// grow takes n more bytes.
// Errors: ErrLimit.
func (b *budget) grow(n int64) error {
	if used := b.used.Add(n); b.limit > 0 && used > b.limit {
		return fmt.Errorf("%w: more than %d MiB of memory", ErrLimit, b.limit>>20)
	}
	return nil
}

func (b *budget) shrink(n int64) { b.used.Add(-n) }
