package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sett/cmd/settbench/suite"
	"sett/graph"
	"sett/graph/rdf"
)

// measuring is what the flags of query say.
type measuring struct {
	peers   []string
	file    string
	work    string
	only    string
	runs    int
	timeout time.Duration
	answers bool
}

func queryCommand() *cobra.Command {
	var m measuring
	cmd := &cobra.Command{
		Use:   "query DATABASE",
		Short: "run the suite on a database that holds the synthetic graph, beside other engines, and print the times as a table",
		Long: `Runs every query of the suite: first cold, on a database just opened, then warm, and prints the median of the warm runs.
On the graph of 40,000 papers the answers are compared with those recorded; other engines must give as many rows.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.run(cmd.Context(), cmd.OutOrStdout(), args[0])
		},
	}
	cmd.Flags().StringArrayVar(&m.peers, "peer", nil, peerHelp())
	cmd.Flags().StringVar(&m.file, "file", "", "the graph as N-Triples, which peers load")
	cmd.Flags().StringVar(&m.work, "work", "", "folder for the peers' stores; one that goes away if not given")
	cmd.Flags().StringVar(&m.only, "only", "", "only queries whose group or name contains this")
	cmd.Flags().IntVar(&m.runs, "runs", 5, "warm runs of each query")
	cmd.Flags().DurationVar(&m.timeout, "timeout", time.Minute, "for one run of one query")
	cmd.Flags().BoolVar(&m.answers, "answers", false, "print the answers' rows and sums, as answers.txt has them, instead of times")
	return cmd
}

func (m *measuring) run(ctx context.Context, w io.Writer, dir string) error {
	queries, err := suite.Queries()
	if err != nil {
		return err
	}
	peers, err := openPeers(m.peers)
	if err != nil {
		return err
	}
	if m.work == "" {
		if m.work, err = os.MkdirTemp("", "settbench"); err != nil {
			return err
		}
		defer os.RemoveAll(m.work)
	}
	for _, p := range peers {
		defer p.close()
		if err := p.load(ctx, m.file, filepath.Join(m.work, p.name)); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	db, err := graph.Open(dir, graph.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	known, err := isKnown(ctx, db)
	if err != nil {
		return err
	}
	head := []string{"query", "rows", "cold ms", "warm ms"}
	for _, p := range peers {
		head = append(head, p.name+" ms", "ratio")
	}
	var rows [][]string
	ratios := make([][]float64, len(peers))
	for _, q := range queries {
		if !strings.Contains(q.Group+" "+q.Name, m.only) {
			continue
		}
		answer, cold, warm, err := m.own(ctx, db, q)
		if err != nil {
			return fmt.Errorf("%s: %w", q.Name, err)
		}
		if m.answers {
			fmt.Fprintln(w, answer.Line(q.Name))
			continue
		}
		if known && answer != q.Want {
			return fmt.Errorf("%s: the answer is %s, expected %s", q.Name, answer.Line(""), q.Want.Line(""))
		}
		row := []string{q.Name, fmt.Sprint(answer.Rows), milliseconds(cold), milliseconds(warm)}
		for i, p := range peers {
			theirs, err := m.other(ctx, p, q, answer.Rows)
			if err != nil {
				fmt.Fprintf(os.Stderr, "settbench: %s: %s: %v\n", p.name, q.Name, err)
				row = append(row, "–", "")
				continue
			}
			ratio := float64(theirs) / float64(warm)
			ratios[i] = append(ratios[i], ratio)
			row = append(row, milliseconds(theirs), fmt.Sprintf("%.2f", ratio))
		}
		rows = append(rows, row)
	}
	if m.answers {
		return nil
	}
	table(w, head, rows)
	for i, p := range peers {
		worst := 0.0
		for k, r := range ratios[i] {
			if k == 0 || r < worst {
				worst = r
			}
		}
		fmt.Fprintf(w, "\n%s / sett: geometric mean %.1f over %d queries, least %.2f\n", p.name, geometricMean(ratios[i]), len(ratios[i]), worst)
	}
	return err
}

// isKnown reports whether the database holds the graph whose answers are recorded.
func isKnown(ctx context.Context, db *graph.DB) (bool, error) {
	res, err := db.Query(ctx, fmt.Sprintf("ASK { <urn:sett:paper:paper-%d> a ?c FILTER NOT EXISTS { <urn:sett:paper:paper-%d> a ?c } }", suite.Papers-1, suite.Papers), graph.QueryOptions{})
	if err != nil {
		return false, err
	}
	return res.Bool, res.Close()
}

// own measures sett.
func (m *measuring) own(ctx context.Context, db *graph.DB, q suite.Query) (answer suite.Answer, cold, warm time.Duration, err error) {
	var times []time.Duration
	for i := range m.runs + 1 {
		a, took, err := m.once(ctx, db, q.Text)
		if err != nil {
			return a, 0, 0, err
		}
		if i == 0 {
			answer, cold = a, took
			continue
		}
		times = append(times, took)
	}
	return answer, cold, median(times), nil
}

// once runs a query, every row turned to terms, and sums up its rows after the clock has stopped.
func (m *measuring) once(ctx context.Context, db *graph.DB, text string) (answer suite.Answer, took time.Duration, err error) {
	begin := time.Now()
	res, err := db.Query(ctx, text, graph.QueryOptions{Timeout: m.timeout})
	if err != nil {
		return answer, 0, err
	}
	defer func() { err = errors.Join(err, res.Close()) }()
	if len(res.Vars) == 0 {
		took = time.Since(begin)
		answer.Add([]rdf.Term{rdf.NewBoolean(res.Bool)})
		return answer, took, nil
	}
	var rows [][]rdf.Term
	for row, err := range res.All() {
		if err != nil {
			return answer, 0, err
		}
		rows = append(rows, append([]rdf.Term(nil), row.Terms()...))
	}
	took = time.Since(begin)
	for _, row := range rows {
		answer.Add(row)
	}
	return answer, took, nil
}

// other measures a peer, which must give as many rows: once to warm up, then the median of as many runs as fit in the time.
func (m *measuring) other(ctx context.Context, p peer, q suite.Query, want int) (time.Duration, error) {
	var times []time.Duration
	for begin := time.Now(); len(times) <= m.runs && (len(times) < 2 || time.Since(begin) < m.timeout/4); {
		one, cancel := context.WithTimeout(ctx, m.timeout)
		rows, took, err := p.ask(one, q.Text)
		cancel()
		if err != nil {
			return 0, err
		}
		if rows != want {
			return 0, fmt.Errorf("%d rows, sett has %d", rows, want)
		}
		times = append(times, took)
		if took > m.timeout/4 {
			break
		}
	}
	if len(times) > 1 {
		times = times[1:]
	}
	return median(times), nil
}
