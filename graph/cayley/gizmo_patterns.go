package cayley

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"sett/graph/exec"
)

// patternTime is what one match of a script's regular expression may take. JavaScript's have references back and looks
// ahead, for which there is nothing better than to try all ways, and a script is interrupted only between its steps.
const patternTime = 500 * time.Millisecond

// BoundPatterns ends matches of scripts' regular expressions that take more than half a second, with ErrLimit: without
// it, one may go on for ever, whatever the time limit of its query. It sets what regexp2/v2 starts from in the whole
// process, and is to be called before any script runs; programs that take scripts from others call it as they start.
func BoundPatterns() { regexp2.DefaultMatchTimeout = patternTime }

// triesAllWays reports whether a script may have a regular expression that is matched by trying all ways.
func triesAllWays(text string) bool {
	for _, sign := range []string{"(?", "RegExp", "match", "search"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	for i := range len(text) - 1 {
		if next := text[i+1]; text[i] == '\\' && (next >= '1' && next <= '9' || next == 'k') {
			return true
		}
	}
	return false
}

// guardPatterns makes a match that took too long an error: to the engine, it is none. All functions that take
// patterns, but for test, match by way of exec once that is not the engine's own.
func (g *gizmo) guardPatterns(text string) {
	if regexp2.DefaultMatchTimeout == math.MaxInt64 || !triesAllWays(text) {
		return
	}
	of := g.vm.GlobalObject().Get("RegExp").(*goja.Object).Get("prototype").(*goja.Object)
	for _, name := range []string{"exec", "test"} {
		call, _ := goja.AssertFunction(of.Get(name))
		of.Set(name, func(c goja.FunctionCall) goja.Value {
			start := time.Now()
			out, err := call(c.This, c.Arguments...)
			if err == nil && (absent(out) || !out.ToBoolean()) && time.Since(start) >= patternTime {
				err = fmt.Errorf("%w: a match of the regular expression takes more than %v", exec.ErrLimit, patternTime)
			}
			if err != nil {
				g.throw(err)
			}
			return out
		})
	}
}
