package dot

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-graphviz"
	"github.com/goccy/go-graphviz/gvc"
)

// graphvizTurn is held while Graphviz works: there is one instance of it in a process, with one memory.
var graphvizTurn sync.Mutex

// fonts are those that are as wide as Helvetica, by which Graphviz measures, or nearly so: where a machine has none of them, its
// own choice is often wider, and text would run over the edges of boxes.
const (
	graphvizFont = `font-family="Helvetica,sans-Serif"`
	fonts        = "Helvetica,Arial,Liberation Sans,Nimbus Sans,DejaVu Sans Condensed,sans-serif"
)

// Render lays DOT text out and writes it in format f; as [DOT], the text is written as it is.
func Render(ctx context.Context, source string, f Format, w io.Writer) error {
	if f == DOT {
		_, err := io.WriteString(w, source)
		return err
	}
	return render(ctx, []byte(source), "dot", f, w)
}

// render lays DOT source out and writes it in format f.
func render(ctx context.Context, source []byte, layout string, f Format, w io.Writer) (err error) {
	if !slices.Contains(Layouts(), layout) {
		return fmt.Errorf("layout %q: expected one of %s", layout, strings.Join(Layouts(), ", "))
	}
	if f != SVG && f != PNG && f != JPG {
		return fmt.Errorf("picture format %q: expected dot, svg, png or jpg", f)
	}
	graphvizTurn.Lock()
	defer graphvizTurn.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	// The binding turns faults inside the WebAssembly module into panics.
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("graphviz: %v", r)
		}
	}()
	painter := new(painter)
	plugins, err := painter.plugins(ctx)
	if err != nil {
		return fmt.Errorf("graphviz: %w", err)
	}
	viz, err := graphviz.NewWithPlugins(ctx, plugins...)
	if err != nil {
		return fmt.Errorf("graphviz: %w", err)
	}
	defer viz.Close()
	graph, err := graphviz.ParseBytes(source)
	if err != nil {
		return fmt.Errorf("graphviz: %w", err)
	}
	if graph == nil {
		return fmt.Errorf("graphviz: the DOT text was not understood")
	}
	defer graph.Close()
	viz.SetLayout(graphviz.Layout(layout))
	if f == SVG {
		var buf bytes.Buffer
		if err := viz.Render(ctx, graph, graphviz.SVG, &buf); err != nil {
			return fmt.Errorf("graphviz: %w", err)
		}
		if buf.Len() == 0 {
			return fmt.Errorf("graphviz: layout %s failed", layout)
		}
		_, err := w.Write(bytes.ReplaceAll(buf.Bytes(), []byte(graphvizFont), []byte(`font-family="`+fonts+`"`)))
		return err
	}
	if err := viz.Render(ctx, graph, graphviz.PNG, io.Discard); err != nil {
		return fmt.Errorf("graphviz: %w", err)
	}
	return painter.encode(w, f)
}

// plugins returns what makes Graphviz's format "png" paint on p.
func (p *painter) plugins(ctx context.Context) ([]graphviz.Plugin, error) {
	renderer, err := gvc.NewRenderPlugin(ctx, "png", p)
	if err != nil {
		return nil, err
	}
	device, err := gvc.PNGDevicePlugin(ctx)
	if err != nil {
		return nil, err
	}
	return []graphviz.Plugin{renderer, device}, nil
}
