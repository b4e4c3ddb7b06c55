package infer

import (
	"context"
	"maps"
	"slices"
	"strings"

	"sett/graph/rdf"
)

// edge is one way in which a property comes about: by a statement of property, read backwards if reversed.
type edge struct {
	property string
	reversed bool
}

// way is an edge with what the vocabulary says for it.
type way struct {
	edge
	because []rdf.Triple
}

// schema is what a vocabulary says.
type schema struct {
	implies        map[string][]way   // by property: from which statements it follows at once
	transitive     map[string]bool    // properties
	above          map[string][]super // by class: wider ones, of any height
	domain, ranges map[string][]super // by property: classes of its subjects and objects, before anything is implied
	ways           map[string][]way   // by property: from which statements it follows, in any number of steps
}

// super is a wider class with what the vocabulary says for it.
type super struct {
	class   string
	because []rdf.Triple
}

const (
	inverseOf  = rdf.OWLNS + "inverseOf"
	symmetric  = rdf.OWLNS + "SymmetricProperty"
	transitive = rdf.OWLNS + "TransitiveProperty"
	subClass   = rdf.RDFSNS + "subClassOf"
	subProp    = rdf.RDFSNS + "subPropertyOf"
	domainOf   = rdf.RDFSNS + "domain"
	rangeOf    = rdf.RDFSNS + "range"
)

const vocabulary = `SELECT DISTINCT ?s ?p ?o {
  { VALUES ?p { <` + subClass + `> <` + subProp + `> <` + domainOf + `> <` + rangeOf + `> <` + inverseOf + `> } ?s ?p ?o }
  UNION { VALUES (?p ?o) { (<` + rdf.RDFType + `> <` + symmetric + `>) (<` + rdf.RDFType + `> <` + transitive + `>) } ?s ?p ?o }
  FILTER(ISIRI(?s) && ISIRI(?o))
} ORDER BY ?s ?p ?o`

// readSchema reads the vocabulary that the data has.
func readSchema(ctx context.Context, from asker) (*schema, error) {
	rows, err := from.rows(ctx, vocabulary)
	if err != nil {
		return nil, err
	}
	sc := &schema{implies: make(map[string][]way), transitive: make(map[string]bool), above: make(map[string][]super),
		domain: make(map[string][]super), ranges: make(map[string][]super), ways: make(map[string][]way)}
	direct := make(map[string][]super)
	properties := make(map[string]bool)
	for _, row := range rows {
		t := rdf.Triple{S: row[0], P: row[1], O: row[2]}
		s, o, because := t.S.Value(), t.O.Value(), []rdf.Triple{t}
		switch t.P.Value() {
		case subClass:
			direct[s] = append(direct[s], super{o, because})
		case subProp:
			sc.implies[o] = append(sc.implies[o], way{edge{s, false}, because})
			properties[o] = true
		case inverseOf:
			sc.implies[o] = append(sc.implies[o], way{edge{s, true}, because})
			sc.implies[s] = append(sc.implies[s], way{edge{o, true}, because})
			properties[s], properties[o] = true, true
		case domainOf:
			sc.domain[s] = append(sc.domain[s], super{o, because})
			properties[s] = true
		case rangeOf:
			if !strings.HasPrefix(o, rdf.XSDNS) && o != rdf.RDFSNS+"Literal" {
				sc.ranges[s] = append(sc.ranges[s], super{o, because})
				properties[s] = true
			}
		case rdf.RDFType:
			properties[s] = true
			if o == transitive {
				sc.transitive[s] = true
			} else {
				sc.implies[s] = append(sc.implies[s], way{edge{s, true}, because})
			}
		}
	}
	for class := range direct {
		sc.above[class] = climb(class, direct)
	}
	for p := range properties {
		sc.ways[p] = sc.closed(p)
	}
	return sc, nil
}

// climb returns the classes above one, the nearest first.
func climb(class string, direct map[string][]super) []super {
	seen := map[string]bool{class: true}
	all := []super{{class: class}}
	for i := 0; i < len(all); i++ {
		for _, up := range direct[all[i].class] {
			if !seen[up.class] {
				seen[up.class] = true
				all = append(all, super{up.class, slices.Concat(all[i].because, up.because)})
			}
		}
	}
	return all[1:]
}

// closed returns the ways in which a property comes about, its own statement first, then by the number of steps.
func (sc *schema) closed(property string) []way {
	all := []way{{edge: edge{property, false}}}
	seen := map[edge]bool{all[0].edge: true}
	for i := 0; i < len(all); i++ {
		for _, w := range sc.implies[all[i].property] {
			next := way{edge{w.property, w.reversed != all[i].reversed}, slices.Concat(all[i].because, w.because)}
			if !seen[next.edge] {
				seen[next.edge] = true
				all = append(all, next)
			}
		}
	}
	return all
}

// path writes the property path that leads over all statements from which a property follows; "" if these are its own only.
func (sc *schema) path(property string) string {
	var parts []string
	for _, w := range sc.ways[property] {
		part := "<" + w.property + ">"
		if sc.transitive[w.property] {
			part = "(" + strings.Join(sc.steps(w.property), "|") + ")+"
		}
		if w.reversed {
			part = "^" + part
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 && !sc.transitive[property] {
		return ""
	}
	return strings.Join(parts, "|")
}

// steps are the ways of a property as the parts of a path.
func (sc *schema) steps(property string) []string {
	var parts []string
	for _, w := range sc.ways[property] {
		part := "<" + w.property + ">"
		if w.reversed {
			part = "^" + part
		}
		parts = append(parts, part)
	}
	return parts
}

// member is why an end of a property's statements belongs to a class.
type member struct {
	edge  // of the statement: its subject is the member, its object if reversed
	super // the class
}

// members returns what domains and ranges say of the ends of every property that any of them follows from.
func (sc *schema) members() []member {
	var all []member
	seen := make(map[string]bool)
	for _, p := range slices.Sorted(maps.Keys(sc.ways)) {
		for _, w := range sc.ways[p] {
			for reversed, classes := range map[bool][]super{false: sc.domain[p], true: sc.ranges[p]} {
				for _, direct := range classes {
					for _, c := range append([]super{direct}, sc.above[direct.class]...) {
						because := slices.Concat(w.because, direct.because)
						if c.class != direct.class {
							because = append(because, c.because...)
						}
						m := member{edge{w.property, w.reversed != reversed}, super{c.class, because}}
						if key := m.key(); !seen[key] {
							seen[key] = true
							all = append(all, m)
						}
					}
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y member) int { return strings.Compare(x.key(), y.key()) })
	return all
}

func (m member) key() string {
	end := "s "
	if m.reversed {
		end = "o "
	}
	return end + m.property + " " + m.class
}
