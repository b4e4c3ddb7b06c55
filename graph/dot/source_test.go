package dot_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// markupElements are all that HTML-like labels are made of.
var markupElements = []string{"B", "BR", "FONT", "TABLE", "TR", "TD"}

// statement is a line of DOT text once strings are "" and labels <>.
var statement = regexp.MustCompile(`^\t(graph|node|edge|n\d+( -> n\d+)?) \[[a-z]+=[\w."<>#]*( [a-z]+=[\w."<>#]*)*\]$`)

// checkSource reads DOT text as the DOT language says (https://graphviz.org/doc/info/lang.html): strings end at a quote without a backslash, HTML-like
// labels at the bracket that closes them, and are XML. It returns what a text from the data has broken.
func checkSource(source string, nodes, edges int) error {
	var bare strings.Builder
	for i := 0; i < len(source); i++ {
		switch source[i] {
		case '"':
			from := i
			for i++; i < len(source) && source[i] != '"'; i++ {
				if source[i] == '\\' {
					i++
				}
				if i < len(source) && source[i] == '\n' {
					return fmt.Errorf("a string over two lines: %s", source[from:i])
				}
			}
			bare.WriteString(`""`)
		case '<':
			from, depth := i+1, 1
			for i++; i < len(source) && depth > 0; i++ {
				switch source[i] {
				case '<':
					depth++
				case '>':
					depth--
				}
			}
			i--
			if err := checkMarkup(source[from:i]); err != nil {
				return fmt.Errorf("%w in %s", err, source[from:i])
			}
			bare.WriteString("<>")
		default:
			if i+1 < len(source) && source[i:i+2] == "->" {
				bare.WriteString("->")
				i++
				continue
			}
			bare.WriteByte(source[i])
		}
	}
	lines := strings.Split(strings.TrimSuffix(bare.String(), "\n"), "\n")
	if len(lines) < 2 || lines[0] != "digraph sett {" || lines[len(lines)-1] != "}" {
		return fmt.Errorf("not one graph:\n%s", &bare)
	}
	for _, l := range lines[1 : len(lines)-1] {
		m := statement.FindStringSubmatch(l)
		switch {
		case m == nil:
			return fmt.Errorf("statement %q", l)
		case m[2] != "":
			edges--
		case m[1][0] == 'n' && m[1] != "node":
			nodes--
		}
	}
	if nodes != 0 || edges != 0 {
		return fmt.Errorf("%d nodes and %d edges too few", nodes, edges)
	}
	return nil
}

func checkMarkup(s string) error {
	d := xml.NewDecoder(strings.NewReader("<label>" + s + "</label>"))
	for depth := 0; ; {
		tok, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth++; depth > 1 && !slices.Contains(markupElements, tok.Name.Local) {
				return fmt.Errorf("element %s", tok.Name.Local)
			}
		case xml.EndElement:
			depth--
		case xml.Comment, xml.Directive, xml.ProcInst:
			return fmt.Errorf("%T", tok)
		}
	}
}
