package cayley

import (
	"context"
	"errors"

	settgraph "sett/graph"
	"sett/graph/rdf"
	"sett/graph/store"
)

// Languages returns Gizmo, GraphQL and MQL, for settgraph.Options.
func Languages() map[string]settgraph.Language {
	return map[string]settgraph.Language{
		"gizmo":   language(gizmoRows),
		"graphql": language(graphqlRows),
		"mql":     language(mqlRows),
	}
}

// language starts a query, or only plans it.
type language func(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error)

// Query starts a query.
func (l language) Query(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions) (settgraph.LanguageRows, error) {
	rows, err := l.rows(ctx, snap, text, opt, false)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Explain returns the plans of a query.
func (l language) Explain(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions) (string, error) {
	rows, err := l.rows(ctx, snap, text, opt, true)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	return rows.Profile(), nil
}

func (l language) rows(ctx context.Context, snap *store.Snapshot, text string, opt settgraph.QueryOptions, explain bool) (*Rows, error) {
	run := runOptions{memory: opt.Memory, strict: opt.DefaultGraph == settgraph.Strict, profile: opt.Profile}
	qs := onSnapshot(snap, opt.Prefixes.Clone(), run)
	rows, err := l(ctx, qs, text, opt.Params, explain)
	return rows, errors.Join(err, qs.Close())
}

func gizmoRows(ctx context.Context, qs *QuadStore, text string, params map[string]rdf.Term, explain bool) (*Rows, error) {
	g, err := runGizmo(ctx, qs, text, params, explain)
	if err != nil {
		return nil, err
	}
	return g.rows()
}
