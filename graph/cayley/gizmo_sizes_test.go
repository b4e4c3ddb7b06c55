package cayley_test

import (
	"errors"
	"strings"
	"testing"

	settgraph "sett/graph"
)

// growing are scripts that double what they have for ever, a step at a time that nothing interrupts.
var growing = []string{
	`var s = "x"; while (true) s += s`,
	`var s = "x"; while (true) s = s + s + s + s`,
	"var s = 'x'; while (true) s = `${s}${s}${s}${s}${s}${s}${s}${s}`",
	`var s = "x"; function twice(a) { return a + a }; while (true) s = twice(s)`,
	`var s = "x"; var f = (a) => a + a; for (;;) { s = f(s) }`,
	`var a = [1]; while (true) a = [...a, ...a]`,
	`var a = [1]; while (true) a = a.concat(a)`,
	`var o = {s: "x"}; while (true) { o.s += o.s; o = {...o} }`,
	`var s = "x", all = []; try { while (true) { s += s; all.push(s) } } catch (e) { s = "x"; while (true) s += s }`,
	`var s = "xxxxxxxxxxxxxxxx"; while (true) s = s.replace(/x/g, s)`,
	`var s = "xxxxxxxxxxxxxxxx"; while (true) s = s.replaceAll("x", s)`,
	`class A { grow() { this.s = (this.s || "x") + (this.s || "x") } }; var a = new A(); while (true) a.grow()`,
	`var s = "x"; while (true) s = s ? s + s : s`,
	`var s = "x"; while (true) s = [s, s].map((x) => x + x)[0]`,
}

func TestWhatGrowsForEverEnds(t *testing.T) {
	db := load(t, fewFacts)
	for _, script := range growing {
		t.Run(script, func(t *testing.T) {
			if _, err := ask(db, script, settgraph.QueryOptions{Lang: "gizmo", Memory: 64 << 20}); !errors.Is(err, settgraph.ErrLimit) {
				t.Error(err)
			}
		})
	}
}

// TestMeasuredScriptsMeanTheSame compares scripts whose sums, templates and arrays are measured with what JavaScript makes of them.
func TestMeasuredScriptsMeanTheSame(t *testing.T) {
	db := load(t, fewFacts)
	for script, want := range map[string]string{
		`1 + 2`: "3", `"a" + 1 + 2`: "a12", `1 + 2 + "a"`: "3a", `var x = 1; x += 2; x`: "3", `var s = "a"; s += "b" + "c"; s`: "abc",
		"var a = 1, b = 'q'; `${a + b}-${b}`": "1q-q", `[...[1, 2], 3].length`: "3", `[1, ...[2, 3]].join("")`: "123",
		`var i = 0, n = 0; for (var k of [...[1, 2, 3]]) { n += k; i++ }; n + ":" + i`: "6:3",
		`(function(a, b = a + a) { return b + b })("z")`:                               "zzzz",
		`var o = {v: 1, get w() { return this.v + this.v }}; o.w + o["v"]`:             "3",
		`var [a, b = "x" + "y"] = [...["p"]]; a + b`:                                   "pxy",
		`typeof ("a" + "b")`: "string", `var a = "1"; +a + +a`: "2", `[] + {}`: "[object Object]", `null + "a"`: "nulla",
		`var r = ""; for (var k in {a: 1, b: 2}) r += k; r`: "ab", `((a) => a + a)("q")`: "qq", `switch ("a" + "b") { case "ab": 7 }`: "7",
	} {
		rows, err := ask(db, script, inGizmo)
		if got := strings.Join(rows, " "); err != nil || !strings.HasPrefix(got, `result="`+want+`"`) {
			t.Errorf("%s: %s, %v; want %s", script, got, err, want)
		}
	}
}
