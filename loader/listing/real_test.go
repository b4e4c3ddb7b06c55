package listing_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sett/loader/listing"
)

var showSplits = flag.Bool("splits", false, "print the titles that TestTitlesOfRealPapers finds too short or too long")

// TestTitlesOfRealPapers puts titles and abstracts of real papers on lines, as a listing does, and counts the titles that are found again:
//
//	go test ./loader/listing -run RealPapers -v -splits
func TestTitlesOfRealPapers(t *testing.T) {
	t.Parallel()
	root := os.Getenv("SETT_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	f, err := os.Open(filepath.Join(root, "papers", "llm-papers.jsonl"))
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skipf("%v: the shared data belongs beside the repository, or where SETT_SHARED says", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	papers, right := 0, 0
	for lines.Scan() {
		var paper struct{ Title, Abstract string }
		if err := json.Unmarshal(lines.Bytes(), &paper); err != nil {
			t.Fatal(err)
		}
		title, abstract := strings.Join(strings.Fields(paper.Title), " "), strings.Join(strings.Fields(paper.Abstract), " ")
		line := title + " " + abstract
		papers++
		switch at := listing.Split(line); {
		case at == len(title)+1:
			right++
		case *showSplits:
			from, to := max(0, min(at, len(title))-30), min(len(line), max(at, len(title))+60)
			end := len(title) + 1
			t.Logf("%s", line[from:min(at, end)]+"|"+line[min(at, end):max(at, end)]+"|"+line[max(at, end):to])
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d titles are found", right, papers)
	if 100*right < 96*papers {
		t.Errorf("%d of %d titles are found, fewer than 96 in 100", right, papers)
	}
}
