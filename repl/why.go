package repl

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"sett/graph/infer"
	"sett/graph/rdf"
	"sett/graph/results"
)

// Evidence is why a statement is in the graph.
type Evidence struct {
	Quote, Rule, Confidence string
	Start, End              string // offsets of the quote in the paper's text, in code points
	Paper                   rdf.Term
	Title                   string
	Claim                   rdf.Term
}

// Why returns the evidence of a statement, and the graphs that state it, which may do so without evidence.
func (e Explorer) Why(ctx context.Context, t rdf.Triple) ([]Evidence, []rdf.Term, error) {
	if !t.S.IsIRI() || !t.P.IsIRI() {
		return nil, nil, fmt.Errorf("the evidence of %s cannot be asked for: subject and predicate must be IRIs", e.Name(rdf.NewTripleTerm(t.S, t.P, t.O)))
	}
	rows, err := e.rows(ctx, fmt.Sprintf(`SELECT ?quote ?rule ?confidence ?start ?end ?paper ?title ?claim {
  GRAPH ?paper {
    ?claim rdf:reifies <<( %s %s %s )>> .
    OPTIONAL { ?claim :quote ?quote } OPTIONAL { ?claim :rule ?rule } OPTIONAL { ?claim :confidence ?confidence }
    OPTIONAL { ?claim :start ?start } OPTIONAL { ?claim :end ?end }
  }
  OPTIONAL { ?paper dcterms:title ?title }
} ORDER BY DESC(?confidence) ?paper ?start ?claim`, t.S, t.P, t.O))
	if err != nil {
		return nil, nil, err
	}
	var evidence []Evidence
	for _, row := range rows {
		evidence = append(evidence, Evidence{Quote: row[0].Value(), Rule: row[1].Value(), Confidence: row[2].Value(), Start: row[3].Value(), End: row[4].Value(),
			Paper: row[5], Title: row[6].Value(), Claim: row[7]})
	}
	graphs, err := e.rows(ctx, fmt.Sprintf("SELECT DISTINCT ?g { GRAPH ?g { %s %s %s } } ORDER BY ?g", t.S, t.P, t.O))
	if err != nil {
		return nil, nil, err
	}
	var stated []rdf.Term
	for _, row := range graphs {
		stated = append(stated, row[0])
	}
	return evidence, stated, nil
}

// NoEvidenceError says that a statement has no evidence.
type NoEvidenceError struct{ Msg string }

func (e *NoEvidenceError) Error() string { return e.Msg }

// PrintWhy reads a statement as people type it and prints its evidence.
//
// Errors: *NoEvidenceError if there is none, with what the graph says instead; those of Node.
func (e Explorer) PrintWhy(ctx context.Context, w io.Writer, subject, predicate, object string) error {
	s, err := e.Node(ctx, subject)
	if err != nil {
		return err
	}
	p, isName, err := e.nameOrIRI(predicate)
	if err != nil {
		return err
	}
	if !isName {
		hint := "expected a prefixed name such as :trainedOn, or an IRI in <>"
		if known, err := e.known(ctx, rdf.NewIRI(ns+predicate)); err == nil && known {
			hint = "did you mean :" + predicate + "?"
		}
		return fmt.Errorf("%q is no predicate: %s", predicate, hint)
	}
	o, err := e.Object(ctx, object)
	if err != nil {
		return err
	}
	if o, err = e.statedAs(ctx, s, p, o, object); err != nil {
		return err
	}
	t := rdf.Triple{S: s, P: p, O: o}
	evidence, graphs, err := e.Why(ctx, t)
	if err != nil {
		return err
	}
	if len(evidence) == 0 && slices.ContainsFunc(graphs, rdf.NewIRI(infer.Graph).Equal) {
		if proof, ok, err := infer.Explain(ctx, e.DB, t, infer.Options{Query: e.Query}); err != nil {
			return err
		} else if ok {
			return e.printProof(ctx, w, t, proof)
		}
	}
	if len(evidence) == 0 {
		return e.noEvidence(ctx, t, graphs)
	}
	fmt.Fprintln(w, e.statement(t))
	return e.printEvidence(ctx, w, t, evidence)
}

// statedAs returns the object that a statement has, of those that text may mean: 148000 may be stated as a decimal, and a word that is the
// label of a node may be stated as the label itself. If there is none, it is the one given.
func (e Explorer) statedAs(ctx context.Context, s, p, o rdf.Term, text string) (rdf.Term, error) {
	meant := fmt.Sprintf("?o = %s", o)
	if !o.IsLiteral() {
		meant += fmt.Sprintf(" || isLiteral(?o) && STR(?o) = %s", rdf.NewString(text))
	}
	rows, err := e.rows(ctx, fmt.Sprintf("SELECT ?o { %s %s ?o FILTER(%s) } ORDER BY (SAMETERM(?o, %s)) ?o", s, p, meant, o))
	if err != nil || len(rows) == 0 {
		return o, err
	}
	return rows[len(rows)-1][0], nil
}

// statement writes a triple by names.
func (e Explorer) statement(t rdf.Triple) string {
	return e.Name(t.S) + " " + e.Name(t.P) + " " + e.Name(t.O)
}

func (e Explorer) printEvidence(ctx context.Context, w io.Writer, t rdf.Triple, evidence []Evidence) error {
	for _, v := range evidence {
		fmt.Fprintln(w)
		if err := e.printQuote(ctx, w, v.Quote, t); err != nil {
			return err
		}
		if v.Title != "" {
			fmt.Fprintf(w, "    paper       %s\n                %s\n", results.Printable(v.Title), e.Name(v.Paper))
		} else {
			fmt.Fprintf(w, "    paper       %s\n", e.Name(v.Paper))
		}
		if v.Start != "" {
			fmt.Fprintf(w, "    characters  %s to %s\n", v.Start, v.End)
		}
		if v.Rule != "" {
			fmt.Fprintf(w, "    rule        %s\n", v.Rule)
		}
		if v.Confidence != "" {
			fmt.Fprintf(w, "    confidence  %s\n", v.Confidence)
		}
	}
	return nil
}

// printProof prints from what an inferred statement follows, and the evidence of that.
func (e Explorer) printProof(ctx context.Context, w io.Writer, t rdf.Triple, proof infer.Proof) error {
	fmt.Fprintf(w, "%s\n\n  inferred from\n", e.statement(t))
	for _, v := range proof.Vocabulary {
		fmt.Fprintf(w, "    %s\n", e.statement(v))
	}
	for _, f := range proof.Facts {
		fmt.Fprintf(w, "    %s\n", e.statement(f))
	}
	for _, f := range proof.Facts {
		evidence, graphs, err := e.Why(ctx, f)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s\n", e.statement(f))
		if len(evidence) == 0 {
			fmt.Fprintf(w, "  stated in %s, without evidence\n", e.graphNames(graphs))
		}
		if err := e.printEvidence(ctx, w, f, evidence); err != nil {
			return err
		}
	}
	return nil
}

// graphNames lists graphs; none stands for the default graph.
func (e Explorer) graphNames(graphs []rdf.Term) string {
	names := make([]string, 0, len(graphs))
	for _, g := range graphs {
		names = append(names, e.Name(g))
	}
	if len(names) == 0 {
		return "the default graph"
	}
	return strings.Join(names, ", ")
}

// noEvidence explains why there is nothing to show.
func (e Explorer) noEvidence(ctx context.Context, t rdf.Triple, graphs []rdf.Term) error {
	statement := e.statement(t)
	stated := len(graphs) > 0
	if !stated {
		rows, err := e.rows(ctx, fmt.Sprintf("SELECT * { %s %s %s }", t.S, t.P, t.O))
		if err != nil {
			return err
		}
		stated = len(rows) > 0
	}
	if stated {
		return &NoEvidenceError{fmt.Sprintf("%s is stated in %s, without evidence", statement, e.graphNames(graphs))}
	}
	rows, err := e.rows(ctx, fmt.Sprintf("SELECT DISTINCT ?o { %s %s ?o } ORDER BY ?o LIMIT 6", t.S, t.P))
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &NoEvidenceError{fmt.Sprintf("the graph does not say %s, nor any %s of it", statement, e.Name(t.P))}
	}
	said := ""
	for i, row := range rows {
		if i == 5 {
			said += ", …"
			break
		}
		if i > 0 {
			said += ", "
		}
		said += e.Name(row[0])
	}
	return &NoEvidenceError{fmt.Sprintf("the graph does not say %s; its %s: %s", statement, e.Name(t.P), said)}
}
