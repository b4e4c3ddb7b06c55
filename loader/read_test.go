package loader_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sett/loader"
	"sett/loader/document"
	"sett/loader/extract"
)

var (
	readCount = flag.Int("read", 0, "print so many random real abstracts with all that is extracted from them, to be read by eye")
	readMatch = flag.String("match", "", "-read takes only abstracts that this regular expression matches")
	readMiss  = flag.Bool("missing", false, "-read takes only abstracts from which no figure was extracted")
)

// TestRead prints random real abstracts, each with what is extracted from it, for finding what is missed:
//
//	go test ./loader -run TestRead -v -read 20 -seed 3 -match 'billion|[0-9]B'
func TestRead(t *testing.T) {
	if *readCount == 0 {
		t.Skip("nothing is asserted here; -read 20 prints abstracts")
	}
	in, err := loader.Open(shared(t, "papers/llm-papers.jsonl"), loader.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	match := regexp.MustCompile(*readMatch)
	w := extract.New(lexiconOf(t)).NewWorker()
	var all []string
	matched := 0
	for {
		doc, err := in.Documents.Next()
		if err != nil {
			break
		}
		if !match.MatchString(doc.Text) {
			continue
		}
		matched++
		page, figures := pageOf(w, doc)
		if *readMiss && figures > 0 {
			continue
		}
		all = append(all, page)
	}
	fmt.Printf("%d abstracts match, %d are drawn from\n", matched, len(all))
	r := rand.New(rand.NewPCG(*sampleSeed, 0))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, page := range all[:min(len(all), *readCount)] {
		fmt.Println(page)
	}
}

// pageOf returns an abstract with what is extracted from it, and the number of figures among that.
func pageOf(w *extract.Worker, doc *document.Document) (string, int) {
	r := w.Document(doc)
	name := func(i int) string {
		if i < 0 {
			return "PAPER"
		}
		return r.Entities[i].Label
	}
	facts, mentions := map[string][]string{}, []string{}
	figures := 0
	for _, s := range r.Statements {
		switch {
		case s.Property == "":
		case s.Property == "mentions":
			mentions = append(mentions, fmt.Sprintf("%s/%s", name(s.Object), r.Entities[s.Object].Class.String()[:2]))
		default:
			object := s.Value.Value()
			if s.Object >= 0 {
				object = name(s.Object)
			} else if s.Property != "availableAt" {
				figures++
			}
			if s.Property == "evaluatedOn" {
				figures++
			}
			key := name(s.Subject) + " " + s.Property
			facts[key] = append(facts[key], object)
		}
	}
	var lines []string
	for k, v := range facts {
		lines = append(lines, "   + "+k+": "+strings.Join(v, "; "))
	}
	slices.Sort(lines)
	return fmt.Sprintf("## %s\n%s\n%s\n   @ %s", doc.Title, strings.Join(strings.Fields(doc.Text), " "), strings.Join(lines, "\n"), strings.Join(mentions, ", ")), figures
}
