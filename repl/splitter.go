package repl

import "strings"

// kind tells what a piece of input is.
type kind int

const (
	statementPiece kind = iota // a query or an update
	prologuePiece              // PREFIX and BASE declarations alone, for what follows
	commandPiece               // a dot command: its line
)

// piece is one thing to do.
type piece struct {
	kind kind
	text string
	line int // of its first line in the input, from 1
}

// splitter cuts lines into pieces.
type splitter struct {
	language string
	whole    func(language, text string) bool // whether an empty line ends text
	command  func(line string) bool           // whether a line inside a statement is a command after all

	text  strings.Builder
	first int // line where text began
	line  int // lines seen
}

// pending reports whether a statement has begun and not ended.
func (s *splitter) pending() bool { return strings.TrimSpace(s.text.String()) != "" }

// clear forgets the statement begun.
func (s *splitter) clear() { s.text.Reset() }

// add takes a line without its end and returns what it completes: nothing, or up to two pieces.
func (s *splitter) add(line string) []piece {
	s.line++
	if s.line == 1 {
		line = strings.TrimPrefix(line, "\uFEFF")
	}
	trimmed := strings.TrimSpace(line)
	if !s.openLong() {
		switch {
		case trimmed == ";":
			return s.end()
		case trimmed == "":
			if s.pending() && s.whole(s.language, s.text.String()) {
				return s.end()
			}
		case line[0] == '.' && (!s.pending() || s.command(line)):
			var pieces []piece
			if s.pending() && s.whole(s.language, s.text.String()) {
				pieces = s.end()
			}
			return append(pieces, piece{commandPiece, strings.TrimSpace(line), s.line})
		}
	}
	if trimmed == "" && !s.pending() {
		return nil
	}
	if !s.pending() {
		s.text.Reset()
		s.first = s.line
	}
	s.text.WriteString(line)
	s.text.WriteByte('\n')
	return nil
}

// openLong reports whether the text so far ends inside a long string, where no line means anything.
func (s *splitter) openLong() bool {
	if s.language != "sparql" || !s.pending() {
		return false
	}
	tokens := scan(s.text.String())
	return len(tokens) > 0 && tokens[len(tokens)-1].open && tokens[len(tokens)-1].long
}

// end returns the text so far as a piece; nothing if it is blank or holds comments only.
func (s *splitter) end() []piece {
	text := strings.TrimRight(s.text.String(), " \t\r\n")
	s.text.Reset()
	if text == "" {
		return nil
	}
	p := piece{statementPiece, text, s.first}
	if s.language == "sparql" {
		switch shapeOf(text) {
		case shapeEmpty:
			return nil
		case shapePrologue:
			p.kind = prologuePiece
		}
	}
	return []piece{p}
}
