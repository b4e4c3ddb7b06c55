package dot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"strings"
	"sync"
	"testing"

	"sett/graph/dot"
	"sett/graph/rdf"
)

var pair = []rdf.Quad{{S: rdf.NewIRI("urn:a"), P: rdf.NewIRI("urn:p"), O: rdf.NewIRI("urn:b")}}

func TestEveryLayoutDrawsEveryFormat(t *testing.T) {
	for _, layout := range dot.Layouts() {
		g := dot.New(pair, dot.Options{Layout: layout})
		for _, f := range []dot.Format{dot.DOT, dot.SVG, dot.PNG, dot.JPG} {
			var buf bytes.Buffer
			if err := g.Write(context.Background(), &buf, f); err != nil {
				t.Errorf("%s %s: %v", layout, f, err)
				continue
			}
			if f == dot.PNG || f == dot.JPG {
				img, kind, err := image.Decode(&buf)
				if err != nil || !strings.HasPrefix(string(f), kind[:1]) {
					t.Errorf("%s %s: decoded as %q: %v", layout, f, kind, err)
					continue
				}
				if dark(img) < 60 {
					t.Errorf("%s %s: %d dark pixels, so no text shows", layout, f, dark(img))
				}
			}
		}
	}
}

// dark counts the pixels that are nearly black: text.
func dark(img image.Image) (n int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0x4000 {
				n++
			}
		}
	}
	return n
}

func TestUnknownLayoutAndFormatAreErrorsThatNameTheChoice(t *testing.T) {
	var buf bytes.Buffer
	err := dot.New(pair, dot.Options{Layout: "spiral"}).Write(context.Background(), &buf, dot.SVG)
	if err == nil || !strings.Contains(err.Error(), `"spiral"`) || !strings.Contains(err.Error(), "neato") {
		t.Errorf("layout: %v", err)
	}
	err = dot.New(pair, dot.Options{}).Write(context.Background(), &buf, "gif")
	if err == nil || !strings.Contains(err.Error(), `"gif"`) || !strings.Contains(err.Error(), "png") {
		t.Errorf("format: %v", err)
	}
}

func TestACancelledContextDrawsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var buf bytes.Buffer
	if err := dot.New(pair, dot.Options{}).Write(ctx, &buf, dot.SVG); !errors.Is(err, context.Canceled) || buf.Len() > 0 {
		t.Errorf("error %v, %d bytes", err, buf.Len())
	}
}

// looks is a context that ends when it has been looked at so often; 0: never.
type looks struct {
	context.Context
	n, last int
}

func (l *looks) Err() error {
	if l.n++; l.last > 0 && l.n >= l.last {
		return context.Canceled
	}
	return nil
}

func TestAPictureThatIsCancelledWhileItIsPaintedWritesNothing(t *testing.T) {
	var quads []rdf.Quad
	for i := range 40 {
		quads = append(quads, rdf.Quad{S: rdf.NewIRI(fmt.Sprint("urn:n", i)), P: rdf.NewIRI("urn:p"), O: rdf.NewIRI(fmt.Sprint("urn:n", i/2))})
	}
	g := dot.New(quads, dot.Options{})
	placed := &looks{Context: context.Background()}
	if err := g.Write(placed, new(bytes.Buffer), dot.SVG); err != nil {
		t.Fatal(err)
	}
	for _, f := range []dot.Format{dot.PNG, dot.JPG} {
		whole := &looks{Context: context.Background()}
		var buf bytes.Buffer
		if err := g.Write(whole, &buf, f); err != nil {
			t.Fatal(err)
		}
		if whole.n <= placed.n {
			t.Errorf("%s: nobody looks at the context once the nodes are placed", f)
		}
		buf.Reset()
		if err := g.Write(&looks{Context: context.Background(), last: whole.n}, &buf, f); !errors.Is(err, context.Canceled) || buf.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes", f, err, buf.Len())
		}
	}
}

func TestManyGoroutinesDrawAtOnce(t *testing.T) {
	g := dot.New(pair, dot.Options{})
	var first bytes.Buffer
	if err := g.Write(context.Background(), &first, dot.SVG); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var buf bytes.Buffer
			if err := g.Write(context.Background(), &buf, dot.SVG); err != nil || !bytes.Equal(buf.Bytes(), first.Bytes()) {
				t.Errorf("another picture, or %v", err)
			}
		})
	}
	wg.Wait()
}

func TestAnEmptySetOfQuadsIsAnEmptyPicture(t *testing.T) {
	for _, f := range []dot.Format{dot.DOT, dot.SVG, dot.PNG} {
		var buf bytes.Buffer
		if err := dot.New(nil, dot.Options{}).Write(context.Background(), &buf, f); err != nil || buf.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", f, buf.Len(), err)
		}
	}
}

func TestFormatByPath(t *testing.T) {
	for path, want := range map[string]dot.Format{"a.dot": dot.DOT, "x/y.SVG": dot.SVG, "a.b.png": dot.PNG, "c.jpeg": dot.JPG, "c.jpg": dot.JPG, "gv.gv": dot.DOT} {
		if got, ok := dot.FormatByPath(path); !ok || got != want {
			t.Errorf("%s: %q %v, want %q", path, got, ok, want)
		}
	}
	if f, ok := dot.FormatByPath("picture.pdf"); ok {
		t.Errorf("pdf: %q", f)
	}
}
