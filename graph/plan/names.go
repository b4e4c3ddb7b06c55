package plan

import (
	"strings"

	"sett/graph/rdf"
)

// shortened replaces the IRIs in a text by prefixed names; what stands in quotes is left alone.
func shortened(text string, prefixes *rdf.Prefixes) string {
	if prefixes.Len() == 0 || strings.IndexByte(text, '<') < 0 {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		switch text[i] {
		case '"':
			end := i + 1
			for end < len(text) && text[end] != '"' {
				if text[end] == '\\' {
					end++
				}
				end++
			}
			end = min(end+1, len(text))
			out.WriteString(text[i:end])
			i = end
			continue
		case '<':
			if n := strings.IndexAny(text[i+1:], "<> "); n > 0 && text[i+1+n] == '>' {
				if name, ok := prefixes.Shorten(text[i+1 : i+1+n]); ok {
					out.WriteString(name)
					i += n + 2
					continue
				}
			}
		}
		out.WriteByte(text[i])
		i++
	}
	return out.String()
}
