package literature

import (
	"maps"
	"slices"
	"time"
)

func sortedKeys(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }

// date is the xsd:date of a day counted from 2012-01-01.
func date(day int) string {
	return time.Date(2012, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
