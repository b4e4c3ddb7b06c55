package dot_test

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"sett/graph/dot"
	"sett/graph/rdf"
)

// labelled is a node with a label.
func labelled(label string) []rdf.Quad {
	return []rdf.Quad{{S: rdf.NewIRI("urn:a"), P: rdf.NewIRI(rdf.RDFSLabel), O: rdf.NewLiteral(label, rdf.XSDString)}}
}

var pictureWidth = regexp.MustCompile(`<svg[^>]* width="(\d+)pt"`)

// drawnWidth returns how wide the picture of quads is, in points.
func drawnWidth(t *testing.T, quads []rdf.Quad) int {
	t.Helper()
	var buf bytes.Buffer
	if err := dot.New(quads, dot.Options{}).Write(context.Background(), &buf, dot.SVG); err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(pictureWidth.FindStringSubmatch(buf.String())[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNoWordMakesANodeWiderThanALineAndAHalf(t *testing.T) {
	most := drawnWidth(t, labelled(strings.Repeat("m", 39)))
	for _, label := range []string{
		strings.Repeat("m", 3000),
		strings.Repeat("m", 3000) + " b",
		"a " + strings.Repeat("m", 3000) + " b c d " + strings.Repeat("i", 300),
		strings.Repeat("大规模语言模型的知识图谱", 30),
		strings.Repeat("e\u0301", 500),
	} {
		if w := drawnWidth(t, labelled(label)); w > most {
			t.Errorf("%d points, where %d are enough: %.40s…", w, most, label)
		}
	}
}

func TestALabelInChineseHasSeveralLines(t *testing.T) {
	const label = "大规模语言模型的知识图谱构建与问答系统研究综述" // 46 columns
	var buf bytes.Buffer
	if err := dot.New(labelled(label), dot.Options{}).Write(context.Background(), &buf, dot.SVG); err != nil {
		t.Fatal(err)
	}
	got, err := readSVG(buf.Bytes())
	if err != nil || len(got.texts) < 2 || !strings.HasPrefix(strings.Join(got.texts, ""), label) {
		t.Errorf("%d lines %q: %v", len(got.texts), got.texts, err)
	}
	for _, line := range got.texts {
		if !utf8.ValidString(line) {
			t.Errorf("%q", line)
		}
	}
}

func TestAPictureIsTheSameInEveryLocale(t *testing.T) {
	quads := labelled("α–β, “quoted”… ±1°")
	before := drawnWidth(t, quads)
	was := runewidth.DefaultCondition.EastAsianWidth
	runewidth.DefaultCondition.EastAsianWidth = !was // as LANG=zh_CN.UTF-8 has it
	defer func() { runewidth.DefaultCondition.EastAsianWidth = was }()
	if after := drawnWidth(t, quads); after != before {
		t.Errorf("%d points wide, and %d", before, after)
	}
}

func TestAPictureTooLongForJPEGIsPaintedSmaller(t *testing.T) {
	var quads []rdf.Quad
	node := func(i int) rdf.Term { return rdf.NewIRI(fmt.Sprint("urn:n", i)) }
	for i := range 400 {
		quads = append(quads, rdf.Quad{S: node(i), P: rdf.NewIRI("urn:p"), O: node(i + 1)})
	}
	var buf bytes.Buffer
	if err := dot.New(quads, dot.Options{Limit: -1}).Write(context.Background(), &buf, dot.JPG); err != nil {
		t.Fatal(err)
	}
	config, err := jpeg.DecodeConfig(&buf)
	if err != nil || config.Width < 60_000 {
		t.Errorf("%d × %d: %v", config.Width, config.Height, err)
	}
}
