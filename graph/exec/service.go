package exec

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"sett/graph/plan"
	"sett/graph/rdf"
	"sett/graph/store"
)

// Service sends a SELECT query to another endpoint and returns the answer's variables, without "?", and its rows, a term a
// variable. Labels of blank nodes must be none that other answers or the store have. It is called by several goroutines.
type Service func(ctx context.Context, endpoint, query string) (vars []string, rows [][]rdf.Term, err error)

// serviceTuples is the number of solutions that go along with one request, as VALUES.
const serviceTuples = 500

// serviceOp joins its input, a batch at a time, with what other endpoints answer (SPARQL 1.1 Federated Query §2.4, §4):
// values of shared variables are sent along, and the answer is joined here whatever the endpoint made of them.
type serviceOp struct {
	q       *query
	node    *plan.Service
	in      operator
	left    *Batch
	shared  [][2]int // column of the left row, variable of the pattern
	add     []int    // variables of the pattern that the input does not have
	name    int      // column of the endpoint, -1: the same for all
	answers map[store.ID]*answer
	row, at int     // next left row, and candidate of it
	found   bool    // the row has a partner
	todo    []int32 // candidates of the row
	out     *Batch
}

// answer is what one endpoint gave for a batch.
type answer struct {
	rows   [][]store.ID // a row a solution, a column a variable of the pattern
	byKey  map[string][]int32
	loose  []int32 // rows where a shared variable is unbound
	all    []int32
	bytes  int64
	silent bool // it failed, and that is one solution without bindings
}

func newService(q *query, n *plan.Service) operator {
	s := &serviceOp{q: q, node: n, name: -1, answers: map[store.ID]*answer{}, out: newBatch(len(n.Cols))}
	if n.Input == nil {
		s.in = &valuesOp{q: q, node: &plan.Values{Terms: [][]rdf.Term{nil}}}
	} else {
		s.in = q.open(n.Input)
	}
	left := &plan.Info{}
	if n.Input != nil {
		left = n.Input.Head()
	}
	for i, slot := range n.Own {
		if c := left.Col(slot); c >= 0 {
			s.shared = append(s.shared, [2]int{c, i})
		} else {
			s.add = append(s.add, i)
		}
	}
	if n.Node.Name.IsVar() {
		if slot, ok := q.plan.Slot(n.Node.Name.Var); ok {
			s.name = left.Col(slot)
		}
	}
	return s
}

func (s *serviceOp) next() (*Batch, error) {
	s.out.reset()
	for s.out.N < s.q.rows {
		if s.left == nil {
			b, err := s.in.next()
			if err != nil {
				return nil, err
			}
			if b == nil {
				break
			}
			if len(s.shared) > 0 || s.name >= 0 {
				s.forget()
			}
			if err := s.askAll(b); err != nil {
				return nil, err
			}
			s.left, s.row = b, 0
			s.begin()
		}
		if s.row == s.left.N {
			s.left = nil
			if s.out.N > 0 {
				break // its rows are copies, but the input's next batch need not be asked for yet
			}
			continue
		}
		a := s.answers[s.endpointID(s.row)]
		if s.at < len(s.todo) {
			s.join(a.rows[s.todo[s.at]])
			s.at++
			continue
		}
		if !s.found && (a.silent || s.node.Kind == plan.Left) {
			s.emit(nil)
		}
		s.row++
		s.begin()
	}
	if s.out.N == 0 {
		return nil, nil
	}
	return s.out, nil
}

// begin looks up the candidates of the next left row.
func (s *serviceOp) begin() {
	s.at, s.found, s.todo = 0, false, nil
	if s.row == s.left.N {
		return
	}
	a := s.answers[s.endpointID(s.row)]
	key, ok := s.key(func(k int) store.ID { return s.left.Cols[s.shared[k][0]][s.row] })
	switch {
	case !ok:
		s.todo = a.all
	case len(a.loose) == 0:
		s.todo = a.byKey[key]
	default:
		s.todo = slices.Concat(a.byKey[key], a.loose)
	}
}

// key is the values of the shared variables, and whether all are bound.
func (s *serviceOp) key(value func(shared int) store.ID) (string, bool) {
	b := make([]byte, 0, 64)
	for k := range s.shared {
		id := value(k)
		if id == store.None {
			return "", false
		}
		b = binary.BigEndian.AppendUint64(b, uint64(id))
	}
	return string(b), true
}

// join emits the left row with a solution, if they are compatible.
func (s *serviceOp) join(solution []store.ID) {
	for _, c := range s.shared {
		l, r := s.left.Cols[c[0]][s.row], solution[c[1]]
		if l != store.None && r != store.None && l != r {
			return
		}
	}
	s.found = true
	s.emit(solution)
}

// emit appends the left row with a solution, or without one.
func (s *serviceOp) emit(solution []store.ID) {
	n := len(s.left.Cols)
	for c := range n {
		s.out.Cols[c] = append(s.out.Cols[c], s.left.Cols[c][s.row])
	}
	for k, i := range s.add {
		id := store.None
		if solution != nil {
			id = solution[i]
		}
		s.out.Cols[n+k] = append(s.out.Cols[n+k], id)
	}
	if solution != nil {
		for _, c := range s.shared {
			if at := &s.out.Cols[c[0]][s.out.N]; *at == store.None {
				*at = solution[c[1]]
			}
		}
	}
	s.out.N++
}

// endpointID tells the endpoints of a batch apart.
func (s *serviceOp) endpointID(row int) store.ID {
	if s.name < 0 {
		return store.None
	}
	return s.left.Cols[s.name][row]
}

// askAll asks each endpoint of a batch.
func (s *serviceOp) askAll(b *Batch) error {
	s.left = b
	rows := map[store.ID][]int{}
	var order []store.ID
	for i := range b.N {
		id := s.endpointID(i)
		if rows[id] == nil {
			order = append(order, id)
		}
		rows[id] = append(rows[id], i)
	}
	for _, id := range order {
		if s.answers[id] != nil {
			continue
		}
		a, err := s.askFor(id, rows[id])
		if err != nil {
			if cancelled := s.q.ctx.Err(); cancelled != nil {
				return cancelled
			}
			if !s.node.Node.Silent {
				return err
			}
			a = &answer{silent: true}
		}
		s.answers[id] = a
	}
	return nil
}

// endpoint returns the IRI of an endpoint.
func (s *serviceOp) endpoint(id store.ID) (string, error) {
	name := s.node.Node.Name
	t := name.Term
	if name.IsVar() {
		if slot, ok := s.q.plan.Slot(name.Var); ok && s.name < 0 {
			id = s.q.regs[slot]
		}
		var err error
		if t, err = s.q.term(id); err != nil {
			return "", err
		}
		if t.IsZero() {
			return "", fmt.Errorf("%w %s: the endpoint has no value here; bind %s before it, in the same group", ErrService, name.Var, name.Var)
		}
		if !t.IsIRI() {
			return "", fmt.Errorf("%w %s: expected the IRI of an endpoint, got %s", ErrService, name.Var, t)
		}
	}
	if s.q.opt.Service == nil {
		return "", fmt.Errorf("%w %s: other endpoints are not asked unless that is allowed", ErrService, t)
	}
	return t.Value(), nil
}

// askFor asks one endpoint for what can be joined with some rows.
func (s *serviceOp) askFor(id store.ID, rows []int) (*answer, error) {
	endpoint, err := s.endpoint(id)
	if err != nil {
		return nil, err
	}
	tuples, err := s.tuples(rows)
	if err != nil {
		return nil, err
	}
	a := &answer{byKey: map[string][]int32{}}
	for first := true; first || len(tuples) > 0; first = false {
		n := min(serviceTuples, len(tuples))
		vars, solutions, err := s.q.opt.Service(s.q.ctx, endpoint, s.text(tuples[:n]))
		if err != nil {
			return nil, fmt.Errorf("%w <%s>: %w", ErrService, endpoint, err)
		}
		tuples = tuples[n:]
		if err := s.take(a, vars, solutions); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// tuples returns the distinct values of the shared variables, spelled for VALUES; none if some row restricts nothing.
// Blank nodes mean nothing elsewhere.
func (s *serviceOp) tuples(rows []int) ([]string, error) {
	if len(s.shared) == 0 {
		return nil, nil
	}
	seen := map[string]bool{}
	var out []string
	for _, row := range rows {
		var b strings.Builder
		open := true
		for k, c := range s.shared {
			if k > 0 {
				b.WriteByte(' ')
			}
			t, err := s.q.term(s.left.Cols[c[0]][row])
			if err != nil {
				return nil, err
			}
			if t.IsZero() || hasBlank(t) {
				b.WriteString("UNDEF")
				continue
			}
			open = false
			b.WriteString(t.String())
		}
		if open {
			return nil, nil
		}
		if text := b.String(); !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out, nil
}

func hasBlank(t rdf.Term) bool {
	if t.IsTripleTerm() {
		triple := t.Triple()
		return hasBlank(triple.S) || hasBlank(triple.P) || hasBlank(triple.O)
	}
	return t.IsBlank()
}

// text is the query for an endpoint.
func (s *serviceOp) text(tuples []string) string {
	var b strings.Builder
	b.WriteString("SELECT")
	for _, slot := range s.node.Own {
		b.WriteString(" " + s.q.plan.Name(slot).String())
	}
	if len(s.node.Own) == 0 {
		b.WriteString(" *")
	}
	b.WriteString(" WHERE {\n")
	if len(tuples) > 0 {
		b.WriteString("VALUES (")
		for k, c := range s.shared {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s.q.plan.Name(s.node.Own[c[1]]).String())
		}
		b.WriteString(") {\n")
		for _, t := range tuples {
			b.WriteString("(" + t + ")\n")
		}
		b.WriteString("}\n")
	}
	b.WriteString(s.node.Node.Text + "\n}")
	return b.String()
}

// take adds solutions to an answer.
func (s *serviceOp) take(a *answer, vars []string, solutions [][]rdf.Term) error {
	from := make([]int, len(s.node.Own))
	for i, slot := range s.node.Own {
		from[i] = slices.Index(vars, string(s.q.plan.Name(slot)))
	}
	n := int64(len(solutions)) * int64(8*len(from)+40)
	a.bytes += n
	if err := s.q.mem.grow(n); err != nil {
		return err
	}
	for _, solution := range solutions {
		row := make([]store.ID, len(from))
		for i, c := range from {
			if c < 0 {
				continue
			}
			id, err := s.q.intern(solution[c])
			if err != nil {
				return err
			}
			row[i] = id
		}
		at := int32(len(a.rows))
		a.rows, a.all = append(a.rows, row), append(a.all, at)
		if key, ok := s.key(func(k int) store.ID { return row[s.shared[k][1]] }); ok {
			a.byKey[key] = append(a.byKey[key], at)
		} else {
			a.loose = append(a.loose, at)
		}
	}
	return nil
}

// forget releases the answers of the last batch.
func (s *serviceOp) forget() {
	for _, a := range s.answers {
		s.q.mem.shrink(a.bytes)
	}
	clear(s.answers)
}

func (s *serviceOp) close() {
	s.forget()
	s.in.close()
}
