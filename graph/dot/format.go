package dot

import (
	"path/filepath"
	"strings"
)

// Format is a form a picture can take.
type Format string

// The formats.
const (
	DOT Format = "dot" // Graphviz's own language, for other tools
	SVG Format = "svg" // scales, text can be searched, names on hover
	PNG Format = "png" // at twice the size of SVG's units; letters that Go's own fonts lack, as Chinese ones, are boxes
	JPG Format = "jpg"
)

// suffixes are the endings of file names, lower case.
var suffixes = map[string]Format{".dot": DOT, ".gv": DOT, ".svg": SVG, ".png": PNG, ".jpg": JPG, ".jpeg": JPG}

// FormatByPath returns the format that a file's name asks for by its ending, whatever its case.
func FormatByPath(path string) (Format, bool) {
	f, ok := suffixes[strings.ToLower(filepath.Ext(path))]
	return f, ok
}
