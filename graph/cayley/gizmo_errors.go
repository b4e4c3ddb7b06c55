package cayley

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	"sett/graph/exec"
	"sett/graph/sparql"
)

// ScriptError is what a script threw, or what was wrong with a call in it, and where.
type ScriptError struct {
	at  *sparql.SyntaxError // the place and the message
	err error               // of a function; nil for what the script itself threw
}

// Error returns line, column and message, and the line with a caret under the place.
func (e *ScriptError) Error() string { return e.at.Error() }

// Unwrap returns the error of the function that was called, nil where the script itself threw something.
func (e *ScriptError) Unwrap() error { return e.err }

// As makes it a *sparql.SyntaxError too: who shows the place of those shows these as well.
func (e *ScriptError) As(target any) bool {
	at, ok := target.(**sparql.SyntaxError)
	if ok {
		*at = e.at
	}
	return ok
}

// compileScript compiles JavaScript. Errors: *sparql.SyntaxError, which knows line and column.
func compileScript(text string) (*goja.Program, error) {
	if at := nestedTooDeep(text); at >= 0 {
		return nil, textError(text, at, fmt.Sprintf("nested too deeply: more than %d levels", maxNested))
	}
	if parsed, err := goja.Parse("", text); err == nil {
		measured(parsed)
		if program, err := goja.CompileAST(parsed, false); err == nil {
			return program, nil
		}
	}
	_, err := goja.Compile("", text, false) // its error tells where
	if err == nil {
		err = errors.New("the script cannot be compiled")
	}
	var syntax *goja.CompilerSyntaxError
	if errors.As(err, &syntax) && syntax.File != nil {
		return nil, syntaxError(text, syntax.File.Position(syntax.Offset), syntax.Message)
	}
	var list parser.ErrorList // the compiler does not pass on where the parser stopped
	if _, err := parser.ParseFile(nil, "", text, 0); errors.As(err, &list) && len(list) > 0 {
		out := syntaxError(text, list[0].Position, list[0].Message)
		if at := text[out.Offset:]; strings.HasPrefix(at, `"`) || strings.HasPrefix(at, "'") {
			out.Msg = "a string that is not closed" // to the parser, an illegal token
		}
		return nil, out
	}
	return nil, &sparql.SyntaxError{Line: 1, Column: 1, Msg: err.Error(), Text: text}
}

// syntaxError returns an error at a place that counts columns in bytes.
func syntaxError(text string, at file.Position, msg string) *sparql.SyntaxError {
	offset := 0
	for range at.Line - 1 {
		_, rest, ok := strings.Cut(text[offset:], "\n")
		if !ok {
			break
		}
		offset = len(text) - len(rest)
	}
	line, _, _ := strings.Cut(text[offset:], "\n")
	return textError(text, offset+min(max(at.Column-1, 0), len(strings.TrimRight(line, "\r"))), strings.ToLower(msg[:min(1, len(msg))])+msg[min(1, len(msg)):])
}

// scriptError returns what ended a script: the interruption's cause, a limit, or what was thrown, with its place.
func (g *gizmo) scriptError(text string, err error) error {
	if err := g.ctx.Err(); err != nil {
		return err
	}
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		if cause, ok := interrupted.Value().(error); ok {
			return cause
		}
		return fmt.Errorf("gizmo: interrupted: %v", interrupted.Value())
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		return fmt.Errorf("%w: the script calls itself more than %d deep", exec.ErrLimit, maxCalls)
	}
	var exception *goja.Exception
	if !errors.As(err, &exception) {
		return fmt.Errorf("gizmo: %w", err)
	}
	cause := exception.Unwrap()
	if errors.Is(cause, exec.ErrLimit) {
		return cause
	}
	out := &ScriptError{at: syntaxError(text, placeOf(exception), ""), err: cause}
	if out.at.Msg = thrownText(exception.Value()); cause != nil {
		out.at.Msg = cause.Error()
	}
	if g.missed != "" && strings.Contains(out.at.Msg, "'"+g.missed+"'") && g.near != "" {
		out.at.Hint = "did you mean " + g.near + "?"
	}
	return out
}

// placeOf returns the innermost place of the script itself.
func placeOf(e *goja.Exception) file.Position {
	for _, frame := range e.Stack() {
		if at := frame.Position(); at.Line > 0 {
			return at
		}
	}
	return file.Position{Line: 1, Column: 1}
}

// thrownText describes what a script threw: an error by its own text, anything else as JSON.
func thrownText(v goja.Value) string {
	if obj, ok := v.(*goja.Object); ok && obj.ClassName() != "Error" {
		if b, err := json.Marshal(obj); err == nil {
			return "thrown: " + string(b)
		}
	} else if !ok {
		return "thrown: " + v.String()
	}
	return v.String()
}

// throw throws an error into the script. What a callback of the script threw, and what ends the script whatever it
// catches, goes on as it is.
func (g *gizmo) throw(err error) {
	var exception *goja.Exception
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	switch {
	case errors.As(err, &interrupted):
		panic(interrupted)
	case errors.As(err, &overflow):
		panic(overflow)
	case errors.As(err, &exception):
		panic(exception)
	}
	panic(g.vm.NewGoError(err))
}
