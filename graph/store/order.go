package store

// Column is one of the four columns of a row.
type Column uint8

const (
	S Column = iota // subject
	P               // predicate
	O               // object
	G               // graph; None is the default graph
)

// String returns "S", "P", "O" or "G".
func (c Column) String() string { return "SPOG"[c : c+1] }

// Order is one of the sort orders in which the store keeps quads.
//
// The first four hold every quad, with the graph last, so that the union of all graphs is a scan that drops adjacent
// rows which differ in G only. The graph-first four hold the quads of named graphs only: without a prefix they walk the
// named graphs; under the prefix None (the default graph) they are answered from their sibling in the first four.
type Order uint8

const (
	SPOG Order = iota
	PSOG
	POSG
	OSPG
	GSPO
	GPSO
	GPOS
	GOSP

	NumOrders = 8
)

var orders = [NumOrders]struct {
	name    string
	columns [4]Column
	inverse [4]uint8 // column → its place
}{
	SPOG: {"SPOG", [4]Column{S, P, O, G}, [4]uint8{0, 1, 2, 3}},
	PSOG: {"PSOG", [4]Column{P, S, O, G}, [4]uint8{1, 0, 2, 3}},
	POSG: {"POSG", [4]Column{P, O, S, G}, [4]uint8{2, 0, 1, 3}},
	OSPG: {"OSPG", [4]Column{O, S, P, G}, [4]uint8{1, 2, 0, 3}},
	GSPO: {"GSPO", [4]Column{G, S, P, O}, [4]uint8{1, 2, 3, 0}},
	GPSO: {"GPSO", [4]Column{G, P, S, O}, [4]uint8{2, 1, 3, 0}},
	GPOS: {"GPOS", [4]Column{G, P, O, S}, [4]uint8{3, 1, 2, 0}},
	GOSP: {"GOSP", [4]Column{G, O, S, P}, [4]uint8{2, 3, 1, 0}},
}

// Orders returns all orders.
func Orders() []Order { return []Order{SPOG, PSOG, POSG, OSPG, GSPO, GPSO, GPOS, GOSP} }

// String returns the order's name: "SPOG".
func (o Order) String() string { return orders[o].name }

// OrderOf returns the order of a name: "SPOG".
func OrderOf(name string) (Order, bool) {
	for _, o := range Orders() {
		if o.String() == name {
			return o, true
		}
	}
	return 0, false
}

// Columns returns the columns in sort order.
func (o Order) Columns() [4]Column { return orders[o].columns }

// Place returns where in the order column c stands: SPOG.Place(G) is 3.
func (o Order) Place(c Column) int { return int(orders[o].inverse[c]) }

// GraphFirst reports whether the order holds named graphs only and starts with G.
func (o Order) GraphFirst() bool { return o >= GSPO }

// sibling returns the order with the same S, P, O sequence and the graph last.
func (o Order) sibling() Order { return o &^ 4 }

// row is a quad's ids, in the order of whoever holds it.
type row [4]ID

// fromSPOG arranges a row given as S, P, O, G.
func (o Order) fromSPOG(r row) row {
	c := &orders[o].columns
	return row{r[c[0]], r[c[1]], r[c[2]], r[c[3]]}
}

// toSPOG is the inverse of fromSPOG.
func (o Order) toSPOG(r row) row {
	c := &orders[o].inverse
	return row{r[c[0]], r[c[1]], r[c[2]], r[c[3]]}
}

// compare orders rows column by column.
func (r row) compare(s row) int {
	for i := range r {
		if r[i] != s[i] {
			if r[i] < s[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// less reports whether r sorts before s.
func (r *row) less(s *row) bool {
	for i := range r {
		if r[i] != s[i] {
			return r[i] < s[i]
		}
	}
	return false
}
