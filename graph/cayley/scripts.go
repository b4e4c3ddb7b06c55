package cayley

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/dop251/goja"

	"sett/graph/rdf"
	"sett/graph/store"
)

// scripts holds what scripts that were run before are compiled to and have asked for: for a small question, JavaScript and planning take longer
// than the plans. A script that only says which paths it wants is not run again while the data is the same; any other is, in a runtime of its own,
// and its plans are used again where it asks for the same in the same order. The oldest script goes when another comes and there is no room. It is
// safe for concurrent use.
type scripts struct {
	mu    sync.Mutex
	known map[scriptKey]*script
	queue []scriptKey // in the order in which they came
}

const (
	knownScripts = 256      // how many are held
	knownText    = 16 << 10 // bytes of the longest that is
	knownPlans   = 64       // plans of one script, from its first on
)

// scriptKey is what the course of a script depends on besides the data.
type scriptKey struct {
	text, params, prefixes string
	strict                 bool
}

// script is what is known of one. It does not change.
type script struct {
	program *goja.Program
	state   store.State // of the data when it asked
	asked   []asked     // in the order in which it did
	whole   bool        // asked is its result: nothing else has a part in it
}

// asked is a plan that a script wanted.
type asked struct {
	what    string
	shape   shape.Shape
	limit   int64
	counted bool
	plan    *translation
}

// rows runs a script.
func (c *scripts) rows(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error) {
	text = withoutHead(text)
	key := newScriptKey(qs, text, params)
	state, named := qs.fixed.State()
	known := c.get(key)
	current := known != nil && named && known.state == state && !explain
	if current && known.whole {
		r := &Rows{ctx: ctx}
		for _, a := range known.asked {
			r.addPlan(a.what, qs, a.plan, resultTag)
		}
		return r, nil
	}
	next := &script{state: state}
	var err error
	if known != nil {
		next.program = known.program
	} else if next.program, err = compileScript(text); err != nil {
		return nil, err
	}
	g := newGizmo()
	if current {
		g.known = known.asked
	}
	if err := g.run(ctx, qs, text, next.program, params, explain); err != nil {
		return nil, err
	}
	r, err := g.rows()
	if err != nil || explain || !named {
		return r, err
	}
	next.asked = g.asked
	next.whole = !g.volatile && len(g.log) == 0 && len(g.asked) == len(g.sections) && !slices.ContainsFunc(g.asked, func(a asked) bool { return a.plan == nil })
	c.put(key, next)
	return r, nil
}

func newScriptKey(qs *QuadStore, text string, params map[string]rdf.Term) scriptKey {
	key := scriptKey{text: text, strict: qs.run.strict}
	var b strings.Builder
	for _, name := range sortedKeys(params) {
		b.WriteString(name + " " + params[name].String() + "\n")
	}
	key.params = b.String()
	b.Reset()
	for prefix, namespace := range qs.names.All() {
		b.WriteString(prefix + " " + namespace + "\n")
	}
	key.prefixes = b.String()
	return key
}

func (c *scripts) get(key scriptKey) *script {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known[key]
}

func (c *scripts) put(key scriptKey, s *script) {
	if len(key.text) > knownText {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[scriptKey]*script{}
	}
	if _, there := c.known[key]; !there {
		if len(c.queue) >= knownScripts {
			delete(c.known, c.queue[0])
			c.queue = c.queue[1:]
		}
		c.queue = append(c.queue, key)
	}
	c.known[key] = s
}

// translate plans a shape, or takes the plan that the script had for it before.
func (g *gizmo) translate(what string, s shape.Shape, limit int64, counted bool) (*translation, error) {
	at := len(g.asked)
	a := asked{what: what, shape: s, limit: limit, counted: counted}
	if at < len(g.known) {
		if k := g.known[at]; k.plan != nil && k.limit == limit && k.counted == counted && reflect.DeepEqual(k.shape, s) {
			g.asked = append(g.asked, k)
			return k.plan, nil
		}
	}
	t, err := g.qs.translate(g.ctx, s, g.tabulator(), limit, counted)
	if err != nil {
		return nil, err
	}
	if len(t.notes) == 0 { // otherwise the plan has rows in it, of any number
		a.plan = t
	}
	if at < knownPlans {
		g.asked = append(g.asked, a)
	}
	return t, nil
}
