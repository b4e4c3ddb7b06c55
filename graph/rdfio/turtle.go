package rdfio

import (
	"io"

	"sett/graph/rdf"
)

// The reader of Turtle and TriG is a machine with a stack of its own: each open statement, property list, collection
// and annotation is a frame. A step takes a few tokens and emits a few quads, so that a statement of any length, and
// of any nesting up to maxDepth, is read in the memory of one window.

func newTurtleReader(r io.Reader, opt ReaderOptions) (Reader, error) {
	return newTurtle(r, opt, false)
}

func newTrigReader(r io.Reader, opt ReaderOptions) (Reader, error) {
	return newTurtle(r, opt, true)
}

func newTurtle(r io.Reader, opt ReaderOptions, trig bool) (*turtleReader, error) {
	t := &turtleReader{lexer: newLexer(r, opt.File), opt: opt, trig: trig, namespaces: make(map[string]string),
		blankNames: blankNames{prefix: opt.BlankPrefix}}
	if opt.Base != "" {
		if !isIRI(opt.Base) {
			return nil, &baseError{opt.Base}
		}
		t.base = newBase(opt.Base)
	}
	return t, nil
}

// baseError says that ReaderOptions.Base is not absolute.
type baseError struct{ base string }

func (e *baseError) Error() string { return "the base IRI <" + e.base + "> is not an absolute IRI" }

// turtleReader reads Turtle and TriG (RDF 1.2 Turtle §6, TriG §4).
type turtleReader struct {
	lexer
	opt        ReaderOptions
	trig       bool
	namespaces map[string]string // by prefix
	base       baseIRI
	inGraph    bool     // between { and }
	graph      rdf.Term // of the statements to come
	frames     []frame
	sawGraph   bool // a { has been met: what tells TriG from Turtle
	nesting    int  // of triple terms and reified triples

	quadQueue
	blankNames
	primed bool  // the first token has been read
	err    error // what ended the reading
}

// frameKind says what a frame is, and so how it ends.
type frameKind uint8

const (
	statementFrame  frameKind = iota // subject predicates . (in a graph also without the dot before })
	propertiesFrame                  // [ predicates ]
	annotationFrame                  // {| predicates |}
	listFrame                        // ( objects )
)

// frameState says what a frame of predicates waits for.
type frameState uint8

const (
	wantVerb      frameState = iota // a predicate
	maybeVerb                       // a predicate, or the end
	afterSemi                       // a predicate, ";" or the end
	wantObject                      // an object
	afterObject                     // an annotation, "," or ";", or the end
	afterReifier                    // the same, and a block is about the reifier
	listItemFirst                   // of a listFrame: an object; the cell s is already referred to
	listItem                        // an object or ")"
)

// frame is an open construct: subject, predicate and object so far; of a list, s is the current cell.
type frame struct {
	kind    frameKind
	state   frameState
	s, p, o rdf.Term
	reifier rdf.Term
}

// Read implements Reader.
func (t *turtleReader) Read(batch []rdf.Quad) (int, error) {
	t.begin(batch)
	for t.n < len(batch) && t.err == nil {
		if !t.primed {
			t.primed = true
			if !t.next() {
				t.mistake()
			}
			continue
		}
		if !t.step() {
			t.mistake()
		}
	}
	t.batch = nil
	if t.n > 0 || len(batch) == 0 {
		return t.n, nil
	}
	return 0, t.err
}

// emit yields a statement in the current graph.
func (t *turtleReader) emit(s, p, o rdf.Term) {
	t.yield(rdf.Quad{S: s, P: p, O: o, G: t.graph})
}

// mistake reports the mistake of the last step, and skips the statement if the caller wants that.
func (t *turtleReader) mistake() {
	if t.readErr != nil && t.readErr != io.EOF {
		t.err = t.readErr
		return
	}
	e := t.syntaxError()
	if t.opt.Lenient == nil || !t.opt.Lenient(e) {
		t.err = e
		return
	}
	if t.bad && t.comment && len(t.frames) == 0 { // a bad byte in a comment between statements harms none
		t.pos = len(t.text)
		t.dropBad()
		t.primed = false
		return
	}
	t.frames, t.nesting = t.frames[:0], 0
	if !t.inGraph {
		t.graph = rdf.Term{}
	}
	t.resume()
}

// resume goes past the statement of a mistake: to after its dot, or to what closes the graph.
func (t *turtleReader) resume() {
	for {
		switch t.tok.kind {
		case tokDot:
			t.primed = false
			return
		case tokEOF:
			t.inGraph = false
			return
		case tokCloseCurly:
			if t.inGraph {
				return
			}
		case tokBad:
			if t.bad && t.badPos >= len(t.text) {
				t.pos = len(t.text)
				t.dropBad()
			} else {
				t.pos = min(max(t.pos, t.badPos)+1, len(t.text))
			}
		}
		t.next()
	}
}

// expected notes that the current token is not what the grammar wants.
func (t *turtleReader) expected(what string) bool {
	return t.fail(t.tok.at, "expected "+what+foundAt(t.text, t.tok.at))
}

// take goes past a token of one kind, or says what was expected.
func (t *turtleReader) take(kind tokenKind, what string) bool {
	if t.tok.kind != kind {
		return t.expected(what)
	}
	return t.next()
}

// push opens a frame.
func (t *turtleReader) push(f frame) bool {
	if len(t.frames) >= maxDepth {
		return t.fail(t.tok.at, msgTooDeep)
	}
	t.frames = append(t.frames, f)
	return true
}

// step goes on with the innermost frame.
func (t *turtleReader) step() bool {
	if len(t.frames) == 0 {
		return t.top()
	}
	f := &t.frames[len(t.frames)-1]
	if f.kind == listFrame {
		return t.item(f)
	}
	switch f.state {
	case wantObject:
		return t.object(f)
	case afterObject, afterReifier:
		return t.afterObject(f)
	}
	// a predicate, or the end where it is allowed
	switch t.tok.kind {
	case tokIRI, tokName:
		if !t.iriTerm(&f.p) {
			return false
		}
	case tokWord:
		if t.tok.text != "a" {
			return t.expected("a predicate")
		}
		f.p = rdf.NewIRI(rdf.RDFType)
		if !t.next() {
			return false
		}
	case tokSemicolon:
		if f.state != afterSemi {
			return t.expected("a predicate")
		}
		return t.next()
	default:
		if f.state == wantVerb {
			return t.expected("a predicate")
		}
		return t.close(f)
	}
	f.state = wantObject
	return t.object(f)
}

// afterObject takes what may follow an object.
func (t *turtleReader) afterObject(f *frame) bool {
	switch t.tok.kind {
	case tokComma:
		f.state = wantObject
		return t.next()
	case tokSemicolon:
		f.state = afterSemi
		return t.next()
	case tokTilde:
		if !t.next() || !t.reifier(&f.reifier, f.s, f.p, f.o) {
			return false
		}
		f.state = afterReifier
		return true
	case tokOpenAnnotation:
		if f.state != afterReifier {
			f.reifier = t.fresh()
			t.emit(f.reifier, rdf.NewIRI(rdf.RDFReifies), rdf.NewTripleTerm(f.s, f.p, f.o))
		}
		f.state = afterObject
		return t.next() && t.push(frame{kind: annotationFrame, s: f.reifier})
	}
	return t.close(f)
}

// close ends a frame of predicates with the token it wants.
func (t *turtleReader) close(f *frame) bool {
	switch f.kind {
	case propertiesFrame:
		if t.tok.kind != tokCloseSquare {
			return t.expected("',', ';' or ']' of a property list")
		}
	case annotationFrame:
		if t.tok.kind != tokCloseAnnotation {
			return t.expected("',', ';' or '|}' of an annotation")
		}
	default:
		if t.inGraph && t.tok.kind == tokCloseCurly {
			t.frames = t.frames[:len(t.frames)-1]
			return true
		}
		if t.tok.kind != tokDot {
			if t.inGraph {
				return t.expected("',', ';', '.' or '}' after a statement")
			}
			return t.expected("',', ';' or '.' after a statement")
		}
	}
	t.frames = t.frames[:len(t.frames)-1]
	return t.next()
}

// object takes an object of the frame's subject and predicate.
func (t *turtleReader) object(f *frame) bool {
	s, p := f.s, f.p
	f.state = afterObject
	at := len(t.frames)
	o, ok := t.node(true)
	if !ok {
		return false
	}
	t.frames[at-1].o = o // node may have moved the frames
	t.emit(s, p, o)
	return true
}

// item takes an item of a collection, or its end.
func (t *turtleReader) item(f *frame) bool {
	if f.state == listItem {
		if t.tok.kind == tokCloseRound {
			t.emit(f.s, rdf.NewIRI(rdf.RDFRest), rdf.NewIRI(rdf.RDFNil))
			t.frames = t.frames[:len(t.frames)-1]
			return t.next()
		}
		cell := t.fresh()
		t.emit(f.s, rdf.NewIRI(rdf.RDFRest), cell)
		f.s = cell
	}
	f.state = listItem
	cell := f.s
	o, ok := t.node(true)
	if ok {
		t.emit(cell, rdf.NewIRI(rdf.RDFFirst), o)
	}
	return ok
}

// node takes a subject or an object. Of a property list or a collection it takes the opening mark and opens a frame:
// the node is known, its statements come later.
func (t *turtleReader) node(object bool) (rdf.Term, bool) {
	switch t.tok.kind {
	case tokIRI, tokName:
		var term rdf.Term
		ok := t.iriTerm(&term)
		return term, ok
	case tokBlank:
		return t.labelled(t.tok.text), t.next()
	case tokOpenSquare:
		if !t.next() {
			return rdf.Term{}, false
		}
		b := t.fresh()
		if t.tok.kind == tokCloseSquare {
			return b, t.next()
		}
		return b, t.push(frame{kind: propertiesFrame, s: b})
	case tokOpenRound:
		if !t.next() {
			return rdf.Term{}, false
		}
		if t.tok.kind == tokCloseRound {
			return rdf.NewIRI(rdf.RDFNil), t.next()
		}
		cell := t.fresh()
		return cell, t.push(frame{kind: listFrame, state: listItemFirst, s: cell})
	case tokOpenReified:
		return t.reified()
	case tokOpenTriple:
		if object {
			return t.tripleTerm()
		}
	default:
		if object {
			return t.literal()
		}
	}
	if object {
		return rdf.Term{}, t.expected("an object")
	}
	return rdf.Term{}, t.expected("a subject")
}
