package document

import "sett/graph/rdf"

// Unknown stands for a count that the source does not state.
const Unknown = -1

// Document is one paper or model card. The extraction owns it once Next has returned it.
type Document struct {
	ID    string // the source's own stable name (arXiv id, repository of a model card), or ""
	Title string
	Text  string // abstract or card, as it stands in the source (UTF-8, escapes of the container undone)
	Date  Date

	Authors     []string // as printed; may be empty though AuthorCount is known
	AuthorCount int      // Unknown, or the number of authors
	Upvotes     int      // Unknown, or the number of votes
	Comments    int      // Unknown, or the number of comments

	About Entity // what the whole document describes, if its format says so: a model card's model
	Meta  []Fact // statements that the format makes outright

	Source string // file name for messages
	Line   int    // 1-based line of the source at which the document starts
}

// New returns a document whose counts are Unknown.
func New() *Document {
	return &Document{AuthorCount: Unknown, Upvotes: Unknown, Comments: Unknown}
}

// Whole returns the text in which evidence counts its offsets: title, one separator, text. In a listing the separator
// is the space between the two, so the offsets fit the line after its first column.
func (d *Document) Whole() string {
	switch {
	case d.Title == "":
		return d.Text
	case d.Text == "":
		return d.Title
	}
	return d.Title + "\n" + d.Text
}

// Date is a calendar date of which parts may be unknown (0).
type Date struct{ Year, Month, Day int }

// Entity names a node of the graph by class and label. Class is the local name of a class of the ontology: Model,
// Dataset, Architecture, Hardware, Benchmark, Method, Organization, Language, License. The zero Entity is none.
type Entity struct{ Class, Name string }

// IsZero reports whether e names nothing.
func (e Entity) IsZero() bool { return e == Entity{} }

// Fact is a statement that the format itself makes. The object is Object, or Value where Object is zero.
type Fact struct {
	Subject  Entity // zero: the paper
	Property string // local name in urn:sett:ns:, such as "license"
	Object   Entity
	Value    rdf.Term // literal or IRI

	// Evidence. Start and End are byte offsets into [Document.Whole]; both 0 where the fact has no place in it, and
	// then Quote, if any, is what the source said ("license: apache-2.0").
	Start, End int
	Quote      string
	Rule       string // names the reader's rule, such as "card-license"; "" leaves the fact without evidence
	Confidence float64
}

// Reader yields the documents of a source in its order.
type Reader interface {
	// Next returns the next document, or io.EOF after the last. Other errors carry file and line; after a *Skipped
	// the reader can go on, after any other it cannot.
	Next() (*Document, error)
}

// Skipped is the error of one malformed document after which a reader can go on.
type Skipped struct {
	File string
	Line int // 1-based
	Err  error
}
