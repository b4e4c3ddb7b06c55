package dot_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sett/graph/dot"
	"sett/graph/rdf"
)

// elements are all that pictures are made of; anything else has come in by a label.
var elements = []string{"svg", "g", "title", "path", "text"}

// picture is what an SVG shows, as an XML parser reads it.
type picture struct {
	nodes, edges int
	texts        []string // of text elements
	tooltips     []string
}

func readSVG(data []byte) (picture, error) {
	var p picture
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	var into *[]string // where character data goes
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if !slices.Contains(elements, tok.Name.Local) {
				return p, errors.New("element " + tok.Name.Local)
			}
			switch tok.Name.Local {
			case "text":
				into = &p.texts
			case "title":
				into = &p.tooltips
			default:
				into = nil
			}
			if into != nil {
				*into = append(*into, "")
			}
			for _, a := range tok.Attr {
				switch {
				case strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href":
					return p, errors.New("attribute " + a.Name.Local)
				case a.Name.Local == "class" && a.Value == "node":
					p.nodes++
				case a.Name.Local == "class" && a.Value == "edge":
					p.edges++
				}
			}
		case xml.EndElement:
			into = nil
		case xml.CharData:
			if into != nil {
				(*into)[len(*into)-1] += string(tok)
			}
		}
	}
}

// checkText draws a two-node graph with text in every place that data can reach, and reports what broke.
func checkText(text string) error {
	text = strings.ToValidUTF8(text, "\uFFFD")
	s, o, p := rdf.NewIRI("urn:x:"+text), rdf.NewBlank("b"+text), rdf.NewIRI("urn:p:"+text+"/"+text)
	quads := []rdf.Quad{
		{S: s, P: p, O: o},
		{S: s, P: rdf.NewIRI(rdf.RDFSLabel), O: rdf.NewString("L" + text)},
		{S: s, P: p, O: rdf.NewString("V" + text)},
		{S: s, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI("urn:c:" + text)},
		{S: s, P: p, O: rdf.NewIRI("https://" + text)},
		{S: s, P: p, O: rdf.NewTripleTerm(s, p, rdf.NewString(text))},
	}
	var svg bytes.Buffer
	g := dot.New(quads, dot.Options{Focus: []rdf.Term{s}})
	if err := g.Write(context.Background(), &svg, dot.SVG); err != nil {
		return err
	}
	got, err := readSVG(svg.Bytes())
	if err != nil {
		return err
	}
	if got.nodes != 2 || got.edges != 1 {
		return errors.New("nodes or edges lost or made")
	}
	var source strings.Builder
	if err := g.Write(context.Background(), &source, dot.DOT); err != nil {
		return err
	}
	return checkSource(source.String(), 2, 1)
}

var nasty = []string{
	`"`, `\`, `\"`, `\\"`, `]`, `];`, `}`, `<`, `>`, `<<`, `>>`, `</svg>`, `</TD></TR></TABLE>`, `<BR/>`, `<script>alert(1)</script>`,
	`<![CDATA[`, `]]>`, `<!--`, `-->`, `<?x?>`, `&`, `&amp;`, `&lt;`, `&#0;`, `&#x1;`, `&bogus;`, `\N`, `\G`, `\E`, `\T`, `\H`, `\L`, `\l`, `\n`,
	"\n", "\r\n", "\t", "\x00", "\x01", "\x7f", "\u0085", "\u2028", "\uFFFE", "\uFFFF", "\U0001F9A1", "é", "模型", "\u202e", `' onload='x`, `" onload="x`, `#`, `//`, `/*`, `a:b:c`, ``, ` `,
}

func TestNoTextBreaksThePicture(t *testing.T) {
	for _, text := range nasty {
		if err := checkText(text); err != nil {
			t.Errorf("text %q: %v", text, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nasty), rapid.String()), 0, 6).Draw(t, "parts"), "")
		if err := checkText(text); err != nil {
			t.Fatalf("text %q: %v", text, err)
		}
	})
}

func TestLabelsAndTooltipsShowTheTextItself(t *testing.T) {
	label := `a\N "b" <i>c</i> &amp; \d`
	iri := `urn:x:\N"&amp;<>&`
	quads := []rdf.Quad{{S: rdf.NewIRI(iri), P: rdf.NewIRI(rdf.RDFSLabel), O: rdf.NewString(label)}}
	var svg bytes.Buffer
	if err := dot.New(quads, dot.Options{}).Write(context.Background(), &svg, dot.SVG); err != nil {
		t.Fatal(err)
	}
	got, err := readSVG(svg.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.texts) != 1 || got.texts[0] != label {
		t.Errorf("texts %q, want %q", got.texts, label)
	}
	if !slices.Contains(got.tooltips, iri) {
		t.Errorf("tooltips %q, want %q", got.tooltips, iri)
	}
}

func TestOrderOfQuadsDoesNotMatter(t *testing.T) {
	var quads []rdf.Quad
	for i := range 40 {
		s, o := rdf.NewIRI("urn:n:"+string(rune('a'+i%13))), rdf.NewIRI("urn:n:"+string(rune('a'+i%7)))
		quads = append(quads, rdf.Quad{S: s, P: rdf.NewIRI("urn:p:" + string(rune('p'+i%3))), O: o},
			rdf.Quad{S: s, P: rdf.NewIRI("urn:v"), O: rdf.NewInteger(int64(i))}, rdf.Quad{S: s, P: rdf.NewIRI(rdf.RDFType), O: rdf.NewIRI("urn:c:" + string(rune('a'+i%5)))})
	}
	for _, limit := range []int{0, 5} {
		var want string
		for range 5 {
			var got bytes.Buffer
			if err := dot.New(quads, dot.Options{Limit: limit}).Write(context.Background(), &got, dot.DOT); err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = got.String()
			}
			if got.String() != want {
				t.Fatalf("two orders, two pictures:\n%s\n%s", want, got.String())
			}
			rand.Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
		}
	}
}

func FuzzText(f *testing.F) {
	for _, text := range nasty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkText(text); err != nil {
			t.Fatalf("text %q: %v", text, err)
		}
	})
}
