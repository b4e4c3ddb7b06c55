package plan

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"sett/graph/rdf"
	"sett/graph/sparql"
	"sett/graph/store"
)

// TestPlans runs testdata/plans/*: "statistics" describes a store, "explain" prints a query's plan. Options of explain:
// force=hash|merge|index|multi, off=(rewrite,…) with names as in Rewrite.String and _ for spaces, union for the union of all
// graphs as the default graph, json and dot for these forms. "profile" prints it with rows=(…) by operator. go test -rewrite
// writes the expectations.
func TestPlans(t *testing.T) {
	prefixes := rdf.NewPrefixes("", "urn:e:", "xsd", rdf.XSDNS)
	datadriven.Walk(t, "testdata/plans", func(t *testing.T, path string) {
		stats := &statistics{}
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			switch d.Cmd {
			case "statistics":
				if err := stats.read(d.Input, prefixes); err != nil {
					d.Fatalf(t, "%v", err)
				}
				return ""
			case "explain":
				q, err := sparql.ParseQuery(d.Input, sparql.Options{Prefixes: prefixes})
				if err != nil {
					return err.Error() + "\n"
				}
				p, err := Build(context.Background(), q, stats, testOptions(t, d))
				if err != nil {
					return err.Error() + "\n"
				}
				if d.HasArg("json") {
					out, err := json.MarshalIndent(p.Tree(nil), "", "  ")
					if err != nil {
						d.Fatalf(t, "%v", err)
					}
					return string(out) + "\n"
				}
				return p.Explain(nil)
			case "profile":
				q, err := sparql.ParseQuery(d.Input, sparql.Options{Prefixes: prefixes})
				if err != nil {
					return err.Error() + "\n"
				}
				p, err := Build(context.Background(), q, stats, Options{})
				if err != nil {
					return err.Error() + "\n"
				}
				return p.Explain(ran(t, d, p))
			}
			d.Fatalf(t, "no command %s", d.Cmd)
			return ""
		})
	})
}

// ran makes up what operators did: rows=(…) by their numbers, each in a millisecond of its own.
func ran(t *testing.T, d *datadriven.TestData, p *Plan) []Actual {
	out := make([]Actual, len(p.Nodes))
	for _, a := range d.CmdArgs {
		for i, v := range a.Vals {
			rows, err := strconv.ParseUint(v, 10, 64)
			if err != nil || i >= len(out) {
				d.Fatalf(t, "rows: %s is too much", v)
			}
			out[i] = Actual{Rows: rows, Batches: 1, Starts: 1, Time: time.Duration(len(out)-i) * time.Millisecond, Bytes: int64(i) << 10}
		}
	}
	return out
}

func testOptions(t *testing.T, d *datadriven.TestData) Options {
	var opt Options
	for _, a := range d.CmdArgs {
		switch a.Key {
		case "json":
		case "union":
			opt.DefaultGraph = UnionOfAll
		case "force":
			opt.Force = map[string]Force{"hash": ForceHash, "merge": ForceMerge, "index": ForceIndex, "multi": ForceMulti}[a.Vals[0]]
		case "off":
			for _, v := range a.Vals {
				found := false
				for _, r := range Rewrites() {
					if strings.ReplaceAll(r.String(), " ", "_") == v {
						opt.Off |= r
						found = true
					}
				}
				if !found {
					d.Fatalf(t, "no rewrite %s", v)
				}
			}
		default:
			d.Fatalf(t, "no option %s", a.Key)
		}
	}
	return opt
}

// statistics describe a store that is not there: each predicate with its counts, objects and subjects spread evenly.
// Lines: "predicate NAME triples subjects objects", "term NAME…", "named rows" for the rows of named graphs.
type statistics struct {
	ids   map[rdf.Term]store.ID
	preds map[store.ID]store.PredicateStats
	named uint64
}

func (s *statistics) read(text string, prefixes *rdf.Prefixes) error {
	s.ids, s.preds = map[rdf.Term]store.ID{}, map[store.ID]store.PredicateStats{}
	id := func(name string) store.ID {
		iri, _ := prefixes.Expand(name)
		n := store.MakeID(store.KindIRI, uint64(len(s.ids)+1))
		s.ids[rdf.NewIRI(iri)] = n
		return n
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch f[0] {
		case "predicate":
			var st store.PredicateStats
			if _, err := fmt.Sscan(strings.Join(f[2:], " "), &st.Triples, &st.Subjects, &st.Objects); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
			s.preds[id(f[1])] = st
		case "term":
			for _, name := range f[1:] {
				id(name)
			}
		case "named":
			if _, err := fmt.Sscan(f[1], &s.named); err != nil {
				return err
			}
		default:
			return fmt.Errorf("no statistic %s", f[0])
		}
	}
	return nil
}

func (s *statistics) Lookup(t rdf.Term) (store.ID, bool, error) {
	if id, ok := store.Inline(t); ok {
		return id, true, nil
	}
	id, ok := s.ids[t]
	return id, ok, nil
}

func (s *statistics) Predicate(id store.ID) (store.PredicateStats, error) { return s.preds[id], nil }

func (s *statistics) PrefixRange(k store.Kind, prefix string) (lo, hi store.ID, exact bool, err error) {
	return store.MakeID(k, 100), store.MakeID(k, 200), true, nil
}

// CountRange takes a twentieth of the rows to be in a range of inlined values or terms of the dictionary, and none elsewhere.
func (s *statistics) CountRange(o store.Order, lo, hi store.ID, prefix ...store.ID) (uint64, error) {
	if lo == hi {
		return s.Count(o, append(prefix[:len(prefix):len(prefix)], lo)...)
	}
	first, last := store.KindRange(store.KindLiteral)
	if lo == first && hi == last {
		return 0, nil
	}
	n, err := s.Count(o, prefix...)
	return n / 20, err
}

func (s *statistics) Count(o store.Order, prefix ...store.ID) (uint64, error) {
	bound := map[store.Column]store.ID{}
	for i, c := range o.Columns() {
		if i < len(prefix) {
			bound[c] = prefix[i]
		}
	}
	if o.GraphFirst() && s.named == 0 && bound[store.G] == store.None {
		return 0, nil
	}
	_, hasS := bound[store.S]
	_, hasO := bound[store.O]
	p, hasP := bound[store.P]
	rows := uint64(0)
	for id, st := range s.preds {
		if hasP && id != p {
			continue
		}
		n := st.Triples
		if hasS {
			n = max(1, n/max(1, st.Subjects))
		}
		if hasO {
			n = max(1, n/max(1, st.Objects))
		}
		if hasS && hasO {
			n = 1
		}
		rows += n
	}
	return rows, nil
}
