package rdfio

import (
	"strconv"
	"strings"

	"sett/graph/rdf"
)

// quadQueue takes the quads of a parser's step into the batch being read, and keeps what finds no room for the next.
type quadQueue struct {
	batch   []rdf.Quad // being filled
	n       int        // how much of it is
	pending []rdf.Quad
}

// begin starts a batch with what the last had no room for.
func (q *quadQueue) begin(batch []rdf.Quad) {
	q.batch = batch
	q.n = copy(batch, q.pending)
	q.pending = q.pending[:copy(q.pending, q.pending[q.n:])]
}

func (q *quadQueue) yield(quad rdf.Quad) {
	if q.n < len(q.batch) {
		q.batch[q.n] = quad
		q.n++
		return
	}
	q.pending = append(q.pending, quad)
}

// blankNames makes the blank nodes of a document: those that it labels, and those without a label.
type blankNames struct {
	prefix string // of all labels
	made   int
	labels arena
	label  []byte
}

// anonLabel begins the labels of blank nodes without one.
const anonLabel = "anon"

// fresh returns a new blank node.
func (n *blankNames) fresh() rdf.Term {
	n.made++
	n.label = append(append(n.label[:0], n.prefix...), anonLabel...)
	n.label = strconv.AppendInt(n.label, int64(n.made), 10)
	return rdf.NewBlank(n.labels.copyOf(n.label))
}

// labelled returns the blank node of a label, never one that fresh makes: anon7 becomes anon7x, anon7x anon7xx.
func (n *blankNames) labelled(label string) rdf.Term {
	if rest, ok := strings.CutPrefix(label, anonLabel); ok {
		if end := digits(rest, 0); end > 0 && strings.Trim(rest[end:], "x") == "" {
			label += "x"
		}
	}
	return rdf.NewBlank(n.labels.join(n.prefix, label))
}
