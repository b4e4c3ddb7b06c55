package cayley_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	settgraph "sett/graph"
)

// TestWhatHasNoEndIsRefused gives texts and scripts that would overflow the stack, or make something of any size in one
// step: none of them may take the process with it.
func TestWhatHasNoEndIsRefused(t *testing.T) {
	t.Parallel()
	db := load(t, "<a> <p> <b> .\n<b> <p> <a> .")
	const deep = 1_000_000
	for _, test := range []struct{ lang, text, want string }{
		{"graphql", "{ a " + strings.Repeat("{ p ", deep) + "{ id }" + strings.Repeat(" }", deep+1), "nested too deeply"},
		{"graphql", "{ a(id: " + strings.Repeat("[", deep) + "1" + strings.Repeat("]", deep) + ") { id } }", "nested too deeply"},
		{"graphql", "{ a { ...f0 } }" + doubling(40), "more than 10000 fields"},
		{"mql", strings.Repeat("[", deep), "nested too deeply"},
		{"mql", strings.Repeat(`{"p":`, deep) + "null" + strings.Repeat("}", deep), "nested too deeply"},
		{"gizmo", strings.Repeat("(", deep), "nested too deeply"},
		{"gizmo", "1" + strings.Repeat("+1", deep), "nested too deeply"},
		{"gizmo", strings.Repeat("typeof ", deep) + "1", "nested too deeply"},
		{"gizmo", strings.Repeat("x =>\n", deep) + "1", "nested too deeply"},
		{"gizmo", `var p = g.V("<a>"); for (;;) p = p.union(p)`, "more than 1000 steps"},
		{"gizmo", `var p = g.V("<a>"); for (;;) p = p.out("<p>")`, "more than 1000 steps"},
		{"gizmo", `var p = g.V("<a>"); for (;;) p = p.followRecursive(p)`, "more than 1000 steps"},
		{"gizmo", `var a = []; a[0] = a; g.V(a).all()`, "got an array"},
		{"gizmo", `var a = []; a[0] = a; g.emit({a})`, "nested more than"},
		{"gizmo", `(function f() { return f() + 1 })()`, "calls itself more than"},
		{"gizmo", `"x".repeat(1e12)`, "repeat would take more than"},
		{"gizmo", `new Array(1e12 / 1e3).fill(1)`, "fill would take more than"},
		{"gizmo", `Array.from({length: 1e9})`, "from would take more than"},
		{"gizmo", `JSON.parse("[".repeat(1e6))`, "parse would take more than"},
		{"gizmo", `var s = "x".repeat(1e7), a = new Array(1000).fill(s); a.join("")`, "join would take more than"},
		{"gizmo", `new Array(1e5 + 1).join("x".repeat(1e6))`, "join would take more than"},
		{"gizmo", `var s = "x".repeat(1e7), a = new Array(1000).fill(s); "".concat(...a)`, "concat would take more than"},
		{"gizmo", `new Uint8Array(1e12)`, "not defined"},
	} {
		_, err := ask(db, test.text, settgraph.QueryOptions{Lang: test.lang})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %.60s: got %v, want an error with %q", test.lang, test.text, err, test.want)
		}
	}
}

// doubling returns fragments of which each spreads the next one twice.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Any { ...f%d ...f%d }", i, i+1, i+1)
	}
	return b.String() + fmt.Sprintf(" fragment f%d on Any { id }", n)
}

// TestLongScriptsAreNotDeep gives scripts that are long in the ways that programs write them.
func TestLongScriptsAreNotDeep(t *testing.T) {
	t.Parallel()
	db := load(t, "<a> <p> <b> .")
	for _, script := range []string{
		"g.V(" + strings.Repeat(`"<http://example.org/ns#(x>", `, 20_000) + `"<a>").all()`,
		"var rows = [" + strings.Repeat("{a: 1, b: [2, 3], c: 'it\\'s'},\n", 20_000) + "]\ng.V('<a>').all()",
		strings.Repeat("g.V('<nobody>')\n  .out('<p>')\n  .has('<p>')\n", 5_000) + "g.V('<a>').all()",
	} {
		if rows, err := ask(db, script, settgraph.QueryOptions{Lang: "gizmo"}); err != nil || len(rows) != 1 {
			t.Errorf("%.60s: %d rows, %v", script, len(rows), err)
		}
	}
}

// TestCombinationsOfAnObjectComeAsTheyAreRead asks for an object with so many rows that no machine could hold them.
func TestCombinationsOfAnObjectComeAsTheyAreRead(t *testing.T) {
	t.Parallel()
	var text, query strings.Builder
	query.WriteString("{ a(id: <a>) {")
	for i := range 20 {
		fmt.Fprintf(&text, "<a> <p> <b%d> .\n", i)
		fmt.Fprintf(&query, " v%d: p  o%d: p { id }", i, i)
	}
	query.WriteString(" } }")
	db := load(t, text.String())
	res, err := db.Query(context.Background(), query.String(), settgraph.QueryOptions{Lang: "graphql", Memory: 16 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	rows := 0
	for row, err := range res.All() {
		if err != nil {
			t.Fatal(err)
		}
		if row.Get("v0").IsZero() || row.Get("o19.id").IsZero() {
			t.Fatalf("row %d lacks a value", rows)
		}
		if rows++; rows == 5000 {
			return
		}
	}
	t.Errorf("%d rows", rows)
}
