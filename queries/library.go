package queries

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed *.rq *.gizmo *.graphql *.mql
var builtIn embed.FS

// Errors of a library.
var (
	// ErrUnknown says that no query has a name.
	ErrUnknown = errors.New("no saved query")
	// ErrName says that a name cannot be that of a saved query.
	ErrName = errors.New("not a name for a saved query")
	// ErrExists says that a saved query of that name is there.
	ErrExists = errors.New("a saved query of that name exists")
)

// suffixes are the endings of saved queries and their languages.
var suffixes = []struct{ suffix, lang string }{
	{".rq", "sparql"}, {".gizmo", "gizmo"}, {".graphql", "graphql"}, {".mql", "mql"},
}

// Library is what Open found. It is read-only and safe for concurrent use.
type Library struct {
	queries []Query // by name
}

// Open lists the saved queries in dirs, of which some may not exist, and then the built-in ones. Of several queries of
// one name the first counts. A file that cannot be read or whose head is malformed is listed too, with its Err.
func Open(dirs ...string) *Library {
	l := new(Library)
	for _, dir := range dirs {
		if dir == "" {
			continue
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			file := filepath.Join(dir, e.Name())
			l.add(e.Name(), file, func() ([]byte, error) { return os.ReadFile(file) })
		}
	}
	entries, err := fs.ReadDir(builtIn, ".")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	for _, e := range entries {
		l.add(e.Name(), "", func() ([]byte, error) { return builtIn.ReadFile(e.Name()) })
	}
	slices.SortFunc(l.queries, func(a, b Query) int { return strings.Compare(a.Name, b.Name) })
	return l
}

// add lists a file, if its name is that of a query and new.
func (l *Library) add(base, file string, read func() ([]byte, error)) {
	name, lang, ok := cutSuffix(base)
	if !ok || !validName(name) || slices.ContainsFunc(l.queries, func(q Query) bool { return q.Name == name }) {
		return
	}
	text, err := read()
	q := parse(name, lang, file, string(text))
	if err != nil {
		q.Err = err
	}
	l.queries = append(l.queries, q)
}

// cutSuffix returns the name and language of a file.
func cutSuffix(base string) (name, lang string, ok bool) {
	for _, s := range suffixes {
		if name, ok := strings.CutSuffix(base, s.suffix); ok {
			return name, s.lang, true
		}
	}
	return base, "", false
}

// validName reports whether a name is of letters, digits, hyphens and underscores, and begins with none of the latter.
func validName(name string) bool {
	if name == "" || name[0] == '-' || name[0] == '_' {
		return false
	}
	return strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

// List returns the saved queries by name.
func (l *Library) List() []Query { return slices.Clone(l.queries) }

// Find returns the query of a name, which may end as its file does. Errors: ErrUnknown, with the nearest name; a
// query's own Err.
func (l *Library) Find(name string) (Query, error) {
	want, _, _ := cutSuffix(path.Base(filepath.ToSlash(name)))
	for _, q := range l.queries {
		if q.Name == want {
			return q, q.Err
		}
	}
	names := make([]string, len(l.queries))
	for i, q := range l.queries {
		names[i] = q.Name
	}
	return Query{}, fmt.Errorf("%w %q%s", ErrUnknown, name, didYouMean(want, names))
}

// Save writes a SPARQL query as [SaveIn] does.
func Save(dir, name, title, text string) (string, error) {
	return SaveIn("sparql", dir, name, title, text)
}

// SaveIn writes a query in a language to a file with the name and the language's ending in dir, which is made if it is
// missing, under a head with the title, unless the text has one. It returns the file's path. Errors: ErrName, also for an
// unknown language, and ErrExists.
func SaveIn(lang, dir, name, title, text string) (string, error) {
	suffix := ""
	for _, s := range suffixes {
		if s.lang == lang {
			suffix = s.suffix
		}
	}
	if suffix == "" {
		return "", fmt.Errorf("%w: no language %q", ErrName, lang)
	}
	if !validName(name) {
		return "", fmt.Errorf("%w: %q (letters, digits, - and _)", ErrName, name)
	}
	if parse(name, lang, "", text).Title == "" {
		if title = strings.Join(strings.Fields(title), " "); title == "" {
			title = name
		}
		text = "# title: " + title + "\n\n" + text
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	file := filepath.Join(dir, name+suffix)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%w: %s", ErrExists, file)
	}
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(strings.TrimRight(text, "\n") + "\n")
	return file, errors.Join(err, f.Close())
}

// didYouMean names the nearest of some names, if one is near.
func didYouMean(want string, names []string) string {
	best, least := "", max(1, len(want)/3)
	for _, name := range names {
		d := distance(strings.ToLower(want), strings.ToLower(name))
		if len(want) > 2 && (strings.HasPrefix(name, want) || strings.Contains(name, "-"+want)) {
			d = min(d, 1)
		}
		if d <= least && (best == "" || d < least) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// distance is the edit distance of two words, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
