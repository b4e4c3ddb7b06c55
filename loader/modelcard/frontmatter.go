package modelcard

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"sett/loader/document"
)

// Bounds of front matter, far above what cards need: aliases multiply, and nesting recurses.
const (
	maxFrontMatter = 1 << 20
	maxAliases     = 16
	maxDepth       = 64
)

// frontMatter is the mapping at the head of a card.
type frontMatter map[string]any

// parseFrontMatter reads YAML. With an error it returns the line of the card at which it is.
func parseFrontMatter(text string) (frontMatter, int, error) {
	if len(text) > maxFrontMatter {
		return nil, 1, fmt.Errorf("%w: more than %d bytes", ErrFrontMatter, maxFrontMatter)
	}
	if strings.TrimSpace(text) == "" {
		return nil, 0, nil
	}
	if deep(text) {
		return nil, 1, fmt.Errorf("%w: nested deeper than %d", ErrFrontMatter, maxDepth)
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, lineOf(err), malformed(err)
	}
	var n aliases
	for _, d := range file.Docs {
		if d.Body != nil {
			ast.Walk(&n, d.Body)
		}
	}
	if n > maxAliases {
		return nil, 1, fmt.Errorf("%w: more than %d aliases", ErrFrontMatter, maxAliases)
	}
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, lineOf(err), malformed(err)
	}
	m, ok := value.(map[string]any)
	if !ok && value != nil {
		return nil, 2, fmt.Errorf("%w: not a mapping of keys", ErrFrontMatter)
	}
	return m, 0, nil
}

// deep reports whether flow collections or indentation nest deeper than allowed.
func deep(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			if depth++; depth > maxDepth {
				return true
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	for line := range strings.Lines(text) {
		if lead := len(line) - len(strings.TrimLeft(line, " -?:")); lead > 4*maxDepth {
			return true
		}
	}
	return false
}

// aliases counts the aliases of a tree.
type aliases int

// Visit implements ast.Visitor.
func (n *aliases) Visit(node ast.Node) ast.Visitor {
	if node.Type() == ast.AliasType {
		*n++
	}
	return n
}

// lineOf returns the line of the card at which the YAML error is; its front matter begins at line 2.
func lineOf(err error) int {
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil && y.GetToken().Position != nil {
		return y.GetToken().Position.Line + 1
	}
	return 1
}

func malformed(err error) error {
	var y yaml.Error
	if errors.As(err, &y) {
		return fmt.Errorf("%w: %s", ErrFrontMatter, y.GetMessage())
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%w: %s", ErrFrontMatter, first)
}

// texts returns a value's scalars as text: of a scalar itself, of a list its scalars.
func texts(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v = strings.TrimSpace(v); v != "" {
			return []string{v}
		}
		return nil
	case []any:
		var all []string
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				all = append(all, texts(e)...)
			}
		}
		return all
	case map[string]any:
		return nil
	}
	return []string{fmt.Sprint(v)}
}

func (f frontMatter) first(key string) string {
	if t := texts(f[key]); len(t) > 0 {
		return t[0]
	}
	return ""
}

// datasetKeys are keys that only dataset cards have.
var datasetKeys = []string{"dataset_info", "task_categories", "task_ids", "size_categories", "annotations_creators", "source_datasets", "configs"}

// about returns what the card describes.
func (f frontMatter) about(file, heading string) document.Entity {
	class := "Model"
	for _, key := range datasetKeys {
		if _, ok := f[key]; ok {
			class = "Dataset"
		}
	}
	folder := path.Base(repository(file))
	if folder == "." || folder == "/" {
		folder = ""
	}
	if !strings.EqualFold(path.Base(strings.ReplaceAll(file, `\`, "/")), "README.md") && likeName(heading) {
		folder = "" // a file may be called anything
	}
	for _, name := range []string{f.first("model_name"), f.first("pretty_name"), f.indexName(), folder, heading} {
		if name = modelName(name); name == "" {
			continue
		}
		if letters(heading) == letters(name) {
			name = heading // as people write it
		}
		return document.Entity{Class: class, Name: name}
	}
	return document.Entity{}
}

// likeName reports whether a heading is a name, rather than a word on what follows (Introduction, Model Details): it is short, and has
// a digit, a hyphen or a capital inside a word.
func likeName(heading string) bool {
	words := strings.Fields(heading)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	for _, w := range words {
		for i, r := range w {
			if unicode.IsDigit(r) || i > 0 && (unicode.IsUpper(r) || r == '-') {
				return true
			}
		}
	}
	return false
}

// names reports whether a heading is about the entity of a name, rather than a title such as Introduction.
func names(heading, name string) bool {
	h, n := letters(heading), letters(name)
	return h != "" && (n == "" || strings.Contains(h, n) || strings.Contains(n, h))
}

// indexName returns the name in model-index, if it is the only one.
func (f frontMatter) indexName() string {
	list, _ := f["model-index"].([]any)
	if len(list) != 1 {
		return ""
	}
	m, _ := list[0].(map[string]any)
	return frontMatter(m).first("name")
}

// modelName cuts the owner off a repository's name, and the ending that marks a mere change of file format.
func modelName(id string) string {
	id = strings.TrimSpace(id)
	if !strings.ContainsAny(id, " \t") {
		id = id[strings.LastIndexByte(id, '/')+1:]
	}
	return strings.TrimSuffix(id, "-hf")
}

// letters is a name without case and marks.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
