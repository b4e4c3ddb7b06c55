package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sett/loader"
)

// reportNames is how many of the names that the lexicon lacks a report lists.
const reportNames = 10

// addReport adds what one input's extraction did to what those before it did.
func (s *sources) addReport(r loader.Report) {
	sum := &s.report
	sum.Documents += r.Documents
	sum.Skipped += r.Skipped
	sum.Factless += r.Factless
	sum.Quads += r.Quads
	sum.Pruned += r.Pruned
	addCounts(&sum.Statements, r.Statements)
	addCounts(&sum.Unlisted, r.Unlisted)
}

func addCounts(sum *map[string]int, more map[string]int) {
	if *sum == nil {
		*sum = map[string]int{}
	}
	for name, n := range more {
		(*sum)[name] += n
	}
}

// tellReport says what was found in documents, if there were any, and which files were none.
func (a *app) tellReport(s *sources) {
	a.tellPassedOver(s.passedOver)
	r := &s.report
	if r.Documents+r.Skipped == 0 {
		return
	}
	line := fmt.Sprintf("documents: %d, without a fact %d", r.Documents, r.Factless)
	if r.Skipped > 0 {
		line += fmt.Sprintf(", malformed and skipped %d", r.Skipped)
	}
	a.remark("%s", line)
	if len(r.Statements) > 0 {
		a.remark("facts: %s", mostFrequent(r.Statements, len(r.Statements)))
	}
	if n := len(r.Unlisted); n > 0 {
		total := strconv.Itoa(n)
		if r.Pruned > 0 {
			total = fmt.Sprintf("more than %d", loader.MaxUnlisted)
		}
		a.remark("names that the lexicon lacks: %s; %s", total, mostFrequent(r.Unlisted, reportNames))
	}
}

// reportFiles is how many of the files passed over a report names.
const reportFiles = 5

// tellPassedOver names files in folders that hold neither documents nor RDF.
func (a *app) tellPassedOver(files []string) {
	if len(files) == 0 {
		return
	}
	names := strings.Join(files[:min(len(files), reportFiles)], ", ")
	if len(files) > reportFiles {
		names += ", …"
	}
	a.remark("passed over, of unknown format: %d; %s", len(files), names)
}

// mostFrequent lists names with their counts, the most frequent first.
func mostFrequent(counts map[string]int, limit int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var b strings.Builder
	for i, name := range names[:min(limit, len(names))] {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s %d", name, counts[name])
	}
	if len(names) > limit {
		b.WriteString(", …")
	}
	return b.String()
}
