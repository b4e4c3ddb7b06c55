package cayley_test

import (
	"os"
	"strings"
	"testing"

	"sett/graph/cayley"
)

func TestMain(m *testing.M) {
	cayley.BoundPatterns() // before any script runs
	os.Exit(m.Run())
}

// TestAPatternThatTriesAllWaysEnds matches patterns that take longer than the world lasts, in each way of matching there is.
func TestAPatternThatTriesAllWaysEnds(t *testing.T) {
	t.Parallel()
	db := load(t, "<a> <p> <b> .")
	for _, script := range []string{
		`/^(a+)+\1x$/.test("a".repeat(60))`,
		`/^(?:(a+)+)+(?=x)$/.exec("a".repeat(60))`,
		`"a".repeat(60).match(/^(a+)+\1x$/)`,
		`"a".repeat(60).search("^(a+)+\\1x$")`,
		`"a".repeat(60).replace(/^(a+)+\1x$/g, "")`,
		`"a".repeat(60).split(/^(a+)+\1x$/)`,
		`[..."a".repeat(60).matchAll(/^(a+)+\1x$/g)]`,
		`try { /^(a+)+\1x$/.test("a".repeat(60)) } catch (e) { g.emit("caught") } throw "on"`,
	} {
		_, err := ask(db, script, inGizmo)
		if err == nil || !strings.Contains(err.Error(), "a match of the regular expression takes more than") && !strings.Contains(err.Error(), "thrown: on") {
			t.Errorf("%s: %v", script, err)
		}
	}
	for script, want := range map[string]string{
		`g.emit("abab".replace(/(ab)\1/, "x$1"))`:             `"xab"`,
		`g.emit("a1b22".split(/(?=\d)/).join("|"))`:           `"a|1b|2|2"`,
		`g.emit("a1b22".match(/\d+/g).join("|"))`:             `"1|22"`,
		`g.emit(/(?<y>\d{4})-\k<y>/.exec("1999-1999").index)`: `0`,
	} {
		rows, err := ask(db, script, inGizmo)
		if err != nil || len(rows) != 1 || !strings.Contains(rows[0], want) {
			t.Errorf("%s: %s, %v; want %s", script, rows, err, want)
		}
	}
}
