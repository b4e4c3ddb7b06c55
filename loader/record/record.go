package record

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sett/graph/rdf"
	"sett/loader/document"
)

// Errors of a record. Readers wrap them in a *document.Skipped.
var (
	// ErrEmpty says that a record has neither title nor abstract.
	ErrEmpty = errors.New("neither title nor abstract")
	// ErrEncoding says that a text is not UTF-8.
	ErrEncoding = errors.New("not UTF-8")
)

// Record is what an export says of one paper. The zero value of a field is unknown, but for the counts: see [New].
type Record struct {
	ID       string // the export's own identifier
	ArXiv    string // arXiv identifier, with or without version: 2402.19173v1, hep-ph/9901001
	DOI      string // with or without https://doi.org/
	Title    string
	Abstract string
	Authors  []string
	Date     document.Date
	Links    []string // URLs
	License  string   // URL or name

	AuthorCount, Upvotes, Comments int // document.Unknown, or the number
}

// New returns a record whose counts are unknown.
func New() *Record {
	return &Record{AuthorCount: document.Unknown, Upvotes: document.Unknown, Comments: document.Unknown}
}

// Document returns the record as a document. Titles lose line breaks; abstracts keep theirs, but not the white space
// around them; control characters become U+FFFD, one for one. Without a date, year and month
// come from the arXiv identifier. A DOI, an arXiv identifier and the links become
// :availableAt, a licence becomes :license, both of the paper. Errors: ErrEmpty, ErrEncoding.
func (r *Record) Document(source string, line int) (*document.Document, error) {
	for _, f := range []struct{ name, text string }{{"title", r.Title}, {"abstract", r.Abstract}} {
		if at := invalid(f.text); at >= 0 {
			return nil, fmt.Errorf("%w: %s, after %d characters", ErrEncoding, f.name, at)
		}
	}
	doc := document.New()
	doc.Source, doc.Line = source, line
	doc.Title = strings.Join(strings.Fields(Clean(r.Title)), " ")
	doc.Text = strings.TrimSpace(Clean(r.Abstract))
	if doc.Title == "" && doc.Text == "" {
		return nil, ErrEmpty
	}
	doc.Date, doc.Authors = r.Date, r.Authors
	if doc.Date.Year == 0 {
		doc.Date, _ = ArXivDate(r.ArXiv)
	}
	doc.AuthorCount, doc.Upvotes, doc.Comments = r.AuthorCount, r.Upvotes, r.Comments
	if doc.AuthorCount == document.Unknown && len(r.Authors) > 0 {
		doc.AuthorCount = len(r.Authors)
	}
	arxiv := withoutVersion(r.ArXiv)
	if doc.ID = arxiv; doc.ID == "" {
		doc.ID = r.ID
	}
	r.links(doc, arxiv)
	if name := LicenseName(r.License); name != "" {
		doc.Meta = append(doc.Meta, document.Fact{
			Property: "license", Object: document.Entity{Class: "License", Name: name},
			Quote: "license: " + r.License, Rule: "record-license", Confidence: 0.99,
		})
	}
	return doc, nil
}

// links adds where the paper is to be had.
func (r *Record) links(doc *document.Document, arxiv string) {
	seen := map[string]bool{}
	add := func(url, quote string) {
		if url == "" || seen[url] || !validURL(url) {
			return
		}
		seen[url] = true
		doc.Meta = append(doc.Meta, document.Fact{
			Property: "availableAt", Value: rdf.NewIRI(url),
			Quote: quote, Rule: "record-link", Confidence: 0.99,
		})
	}
	if arxiv != "" {
		add("https://arxiv.org/abs/"+arxiv, "arxiv: "+r.ArXiv)
	}
	if doi := r.DOI; doi != "" {
		for _, prefix := range []string{"https://", "http://", "dx.doi.org/", "doi.org/", "doi:"} {
			doi = strings.TrimPrefix(doi, prefix)
		}
		add("https://doi.org/"+strings.TrimSpace(doi), "doi: "+r.DOI)
	}
	for _, link := range r.Links {
		url := strings.TrimSpace(link)
		for strings.HasSuffix(url, ")") && strings.Count(url, ")") > strings.Count(url, "(") {
			url = strings.TrimSuffix(url, ")") // of the text that it was taken from
		}
		add(url, "link: "+link)
	}
}

// validURL reports whether s can stand as an IRI with the schemes of the web.
func validURL(s string) bool {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "ftp://") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"{}|^`\\\ufffd", r)
	}) < 0
}

// withoutVersion cuts the version off an arXiv identifier, and what people write before it.
func withoutVersion(id string) string {
	id = strings.TrimSpace(id)
	for _, prefix := range []string{"https://", "http://", "arxiv.org/abs/", "arXiv:", "arxiv:"} {
		id = strings.TrimPrefix(id, prefix)
	}
	if i := strings.LastIndexByte(id, 'v'); i > 0 && i < len(id)-1 && strings.Trim(id[i+1:], "0123456789") == "" {
		id = id[:i]
	}
	return id
}

// Clean replaces each control character but tab, line feed and carriage return by U+FFFD, so that offsets in code
// points stay.
func Clean(s string) string {
	if strings.IndexFunc(s, unwanted) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

func unwanted(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

// invalid returns the number of characters before the first byte that is not UTF-8, or -1.
func invalid(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			break
		}
		s = s[size:]
		n++
	}
	return n
}
