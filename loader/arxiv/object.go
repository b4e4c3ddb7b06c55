package arxiv

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"sett/loader/document"
	"sett/loader/record"
)

// object is a line. Keys that exports write in more than one way are of type field.
type object struct {
	ID            field      `json:"id"`
	ArXiv         field      `json:"arxiv"`
	ArXivID       field      `json:"arxiv_id"`
	DOI           field      `json:"doi"`
	Title         field      `json:"title"`
	Abstract      field      `json:"abstract"`
	Summary       field      `json:"summary"`
	Authors       people     `json:"authors"`
	AuthorsParsed [][]string `json:"authors_parsed"`
	Versions      []struct {
		Created field `json:"created"`
	} `json:"versions"`
	Date      field `json:"date"`
	Published field `json:"published"`
	Year      field `json:"year"`
	Updated   field `json:"update_date"`
	License   field `json:"license"`
	Links     field `json:"links"`
	URL       field `json:"url"`
	Upvotes   count `json:"upvotes"`
	Comments  count `json:"comments"` // a number; in the arXiv dump a remark such as "12 pages"
}

// record returns the line as a record.
func (o *object) record() *record.Record {
	r := record.New()
	r.ID, r.DOI, r.License = o.ID.first(), o.DOI.first(), o.License.first()
	r.Title, r.Abstract = o.Title.first(), o.Abstract.first()
	if r.Abstract == "" {
		r.Abstract = o.Summary.first()
	}
	if r.ArXiv = o.ArXiv.first(); r.ArXiv == "" {
		r.ArXiv = o.ArXivID.first()
	}
	if _, ok := record.ArXivDate(r.ID); ok && r.ArXiv == "" {
		r.ArXiv = r.ID
	}
	r.Links = append(append(r.Links, o.Links...), o.URL...)
	r.Authors = o.Authors.names()
	if len(o.AuthorsParsed) > 0 {
		r.Authors = parsedNames(o.AuthorsParsed)
	}
	dates := []string{o.Date.first(), o.Published.first(), o.Year.first()}
	if len(o.Versions) > 0 {
		dates = append([]string{o.Versions[0].Created.first()}, dates...)
	}
	for _, s := range dates {
		if d, ok := record.Date(s); ok {
			r.Date = d
			break
		}
	}
	if _, ok := record.ArXivDate(r.ArXiv); !ok && r.Date.Year == 0 {
		r.Date, _ = record.Date(o.Updated.first())
	}
	if o.Upvotes.known {
		r.Upvotes = o.Upvotes.n
	}
	if o.Comments.known {
		r.Comments = o.Comments.n
	}
	return r
}

// parsedNames turns the dump's [family, given, suffix, …] into names as people write them.
func parsedNames(parsed [][]string) []string {
	var names []string
	for _, p := range parsed {
		var parts []string
		if len(p) > 1 {
			parts = append(parts, p[1])
		}
		if len(p) > 0 {
			parts = append(parts, p[0])
		}
		if len(p) > 2 {
			parts = append(parts, p[2])
		}
		if name := strings.Join(strings.Fields(strings.Join(parts, " ")), " "); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// field is a value that may be a string, a number, null, or a list of these; other values are an error.
type field []string

func (f field) first() string {
	if len(f) == 0 {
		return ""
	}
	return f[0]
}

// UnmarshalJSON implements json.Unmarshaler.
func (f *field) UnmarshalJSON(b []byte) error {
	*f = (*f)[:0]
	switch b[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		for _, e := range list {
			if e[0] == '[' {
				return fmt.Errorf("a list in a list where text is expected: %.40s", e)
			}
			var one field
			if err := one.UnmarshalJSON(e); err != nil {
				return err
			}
			*f = append(*f, one...)
		}
	case '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s != "" {
			*f = append(*f, s)
		}
	case '{':
		return fmt.Errorf("an object where text is expected: %.40s", b)
	case 'n', 't', 'f':
	default:
		*f = append(*f, string(b))
	}
	return nil
}

// people is a list of authors: of strings, of objects with a name, or one string that holds all names.
type people struct {
	list   []string
	inline string
}

func (p people) names() []string {
	if p.inline != "" {
		return record.Authors(p.inline)
	}
	return p.list
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *people) UnmarshalJSON(b []byte) error {
	*p = people{}
	if b[0] != '[' {
		var f field
		if err := f.UnmarshalJSON(b); err != nil {
			return err
		}
		p.inline = f.first()
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	for _, e := range list {
		var named struct {
			Name string `json:"name"`
		}
		var f field
		if len(e) > 0 && e[0] == '{' {
			if err := json.Unmarshal(e, &named); err != nil {
				return err
			}
			f = field{named.Name}
		} else if err := json.Unmarshal(e, &f); err != nil {
			return err
		}
		if name := strings.Join(strings.Fields(f.first()), " "); name != "" {
			p.list = append(p.list, name)
		}
	}
	return nil
}

// count is a number; any other value leaves it unknown.
type count struct {
	n     int
	known bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *count) UnmarshalJSON(b []byte) error {
	n, err := strconv.Atoi(strings.Trim(string(b), `"`))
	*c = count{n, err == nil && n >= 0}
	if !c.known {
		c.n = document.Unknown
	}
	return nil
}
