package dot_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"sett/graph/dot"
)

func TestADrawingShowsItsBoxesAndArrows(t *testing.T) {
	boxes := []dot.Box{
		{Name: "Project", Text: "?t", Note: "~110 rows", Fill: "#ffffff"},
		{Name: "IndexJoin", Text: `PSOG ?p <urn:a&b> "a \ quoted text that is longer than what fits on one line of a box"`, Note: "~333 rows", Fill: "#fbe9d0"},
		{Name: "Scan", Text: "POSG ?p :venue :venue-0", Note: "~333 rows", Fill: "#ffffff"},
	}
	g := dot.Drawing(boxes, []dot.Arrow{{From: 2, To: 1, Label: "333", Width: 2.4}, {From: 1, To: 0, Label: "110", Width: 1.7}})
	var text, svg bytes.Buffer
	if err := g.Write(context.Background(), &text, dot.DOT); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"rankdir=BT", "<B>Project</B> ?t<BR/>", "n2 -> n1", "penwidth=2.4"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %s in\n%s", want, &text)
		}
	}
	if err := g.Write(context.Background(), &svg, dot.SVG); err != nil {
		t.Fatal(err)
	}
	got, err := readSVG(svg.Bytes())
	if err != nil || got.nodes != 3 || got.edges != 2 {
		t.Errorf("%d nodes, %d edges: %v", got.nodes, got.edges, err)
	}
	if all := strings.Join(got.texts, "|"); !strings.Contains(all, "Project|?t|") || !strings.Contains(all, `<urn:a&b> "a \`) {
		t.Errorf("texts %s", all)
	}
}
