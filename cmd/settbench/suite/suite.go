package suite

import (
	"embed"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// Papers is the size of the graph whose answers are known.
const Papers = 40000

// Query is one query of the suite.
type Query struct {
	Group, Name string
	Text        string // whole, with its prefixes
	Want        Answer // on Papers papers; zero if it is not recorded
}

// Answer sums up a query's answer.
type Answer struct {
	Rows int
	Sum  uint64 // of the hashes of its rows
}

//go:embed *.rq answers.txt
var files embed.FS

const prefixes = `PREFIX : <urn:sett:ns:>
PREFIX paper: <urn:sett:paper:>
PREFIX author: <urn:sett:author:>
PREFIX venue: <urn:sett:venue:>
PREFIX dataset: <urn:sett:dataset:>
PREFIX architecture: <urn:sett:architecture:>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
`

// Queries returns the suite, group by group.
func Queries() ([]Query, error) {
	wanted, err := answers()
	if err != nil {
		return nil, err
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []Query
	for _, e := range entries {
		group, ok := strings.CutSuffix(e.Name(), ".rq")
		if !ok {
			continue
		}
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		for _, part := range strings.Split("\n"+string(text), "\n# ")[1:] {
			name, body, _ := strings.Cut(part, "\n")
			if slices.ContainsFunc(all, func(q Query) bool { return q.Name == name }) {
				return nil, fmt.Errorf("%s: two queries are called %q", path.Base(e.Name()), name)
			}
			all = append(all, Query{Group: group, Name: name, Text: prefixes + strings.TrimSpace(body) + "\n", Want: wanted[name]})
		}
	}
	return all, nil
}

// answers reads answers.txt: rows, sum and name, a query a line.
func answers() (map[string]Answer, error) {
	text, err := files.ReadFile("answers.txt")
	if err != nil {
		return nil, err
	}
	all := map[string]Answer{}
	for line := range strings.Lines(string(text)) {
		var a Answer
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) != 3 {
			return nil, fmt.Errorf("answers.txt: %q: expected rows, sum and name", line)
		}
		if a.Rows, err = strconv.Atoi(fields[0]); err == nil {
			a.Sum, err = strconv.ParseUint(fields[1], 16, 64)
		}
		if err != nil {
			return nil, fmt.Errorf("answers.txt: %q: %w", line, err)
		}
		all[fields[2]] = a
	}
	return all, nil
}

// Add takes a row into an answer: its terms, in the order of the variables.
func (a *Answer) Add(row []rdf.Term) {
	h := fnv.New64a()
	for _, t := range row {
		if !t.IsZero() {
			fmt.Fprint(h, t)
		}
		h.Write([]byte{0})
	}
	a.Rows++
	a.Sum += h.Sum64()
}

// Line is the answer as a line of answers.txt.
func (a Answer) Line(name string) string { return fmt.Sprintf("%d %016x %s", a.Rows, a.Sum, name) }
