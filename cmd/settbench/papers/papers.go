package papers

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// Options says which papers are made. The zero value makes none.
type Options struct {
	Papers int
	Seed   uint64 // another seed, other papers
}

// paper is an object of the dump, its keys in the dump's order.
type paper struct {
	ID         string      `json:"id"`
	Submitter  string      `json:"submitter"`
	Authors    string      `json:"authors"`
	Title      string      `json:"title"`
	Comments   *string     `json:"comments"`
	JournalRef *string     `json:"journal-ref"`
	DOI        *string     `json:"doi"`
	ReportNo   *string     `json:"report-no"`
	Categories string      `json:"categories"`
	License    *string     `json:"license"`
	Abstract   string      `json:"abstract"`
	Versions   []version   `json:"versions"`
	Updated    string      `json:"update_date"`
	Parsed     [][3]string `json:"authors_parsed"`
}

type version struct {
	Version string `json:"version"`
	Created string `json:"created"`
}

// Papers come in the order of their dates: so many a month, from firstMonth on, and the next of them in the month after that.
const (
	perMonth   = 20000
	firstYear  = 2015
	secondsDay = 24 * 60 * 60
)

// Generate calls emit with each paper as a line of JSON that ends in a newline; the line is valid until emit returns. It stops at
// the first error of emit and returns it. The lines are the same for the same seed.
func Generate(opt Options, emit func(line []byte) error) error {
	g, err := parseGrammar(grammarText)
	if err != nil {
		return err
	}
	var line bytes.Buffer
	out := json.NewEncoder(&line)
	out.SetEscapeHTML(false)
	w := &writer{grammar: g}
	for i := range opt.Papers {
		line.Reset()
		if err := out.Encode(w.paper(i, opt.Seed)); err != nil {
			return err
		}
		if err := emit(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// paper makes paper i.
func (w *writer) paper(i int, seed uint64) *paper {
	w.rand = rand.New(rand.NewPCG(seed, uint64(i)))
	name := coin(2*i, seed)
	w.bound = map[string]string{
		"Name":  name,
		"Other": coin(2*i+1, seed),
		"NAME":  strings.ToLower(name),
		"ABBR":  strings.ToUpper(name[:3]),
	}
	w.said = map[string]bool{}
	kind := w.expand("paper")
	month := i / perMonth
	created := time.Date(firstYear, time.Month(1+month), 1, 0, 0, 0, 0, time.UTC).
		Add(time.Duration(i%perMonth*28*secondsDay/perMonth) * time.Second)
	p := &paper{
		ID:         created.Format("0601") + "." + strconv.Itoa(100001 + i%perMonth)[1:],
		Title:      w.expand(kind + ".title"),
		Abstract:   "  " + wrap(w.expand(kind+".abstract")) + "\n",
		Categories: w.expand(kind + ".categories"),
		Comments:   w.often(3, "remark"),
		JournalRef: w.often(1, "journal"),
		License:    w.often(3, "license-url"),
	}
	if p.JournalRef != nil {
		doi := "10.5555/sett." + strconv.Itoa(i)
		p.DOI = &doi
	}
	w.people(p)
	for v := range 1 + w.rand.IntN(3) {
		p.Versions = append(p.Versions, version{"v" + strconv.Itoa(v+1), created.Format("Mon, 2 Jan 2006 15:04:05 GMT")})
		created = created.Add(time.Duration(1+w.rand.IntN(90*secondsDay)) * time.Second)
	}
	p.Updated = created.Format(time.DateOnly)
	return p
}

// often expands a symbol n times of four, and else returns nil.
func (w *writer) often(n int, symbol string) *string {
	if w.rand.IntN(4) >= n {
		return nil
	}
	s := w.expand(symbol)
	return &s
}

// people gives a paper its authors, more often few than many.
func (w *writer) people(p *paper) {
	var names []string
	for range 1 + w.rand.IntN(1+w.rand.IntN(12)) { // fewer than there are names, so that nobody comes twice
		given, family := w.expand("given"), w.expand("family")
		names = append(names, given+" "+family)
		p.Parsed = append(p.Parsed, [3]string{family, given, ""})
	}
	p.Submitter = names[0]
	p.Authors = names[0]
	if last := len(names) - 1; last > 0 {
		p.Authors = strings.Join(names[:last], ", ") + " and " + names[last]
	}
}

// wrap breaks a text into lines as the dump has them.
func wrap(text string) string {
	const width = 72
	b := []byte(text)
	start, space := 0, -1
	for i, c := range b {
		if c != ' ' {
			continue
		}
		if i-start > width && space >= 0 {
			b[space] = '\n'
			start = space + 1
		}
		space = i
	}
	return string(b)
}
