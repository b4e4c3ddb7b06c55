package dot

import (
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// helvetica is how wide the characters from space to tilde are in Helvetica, in thousandths of the size (Adobe's metrics for it; Arial and
// Liberation Sans have the same). Pictures are measured by it wherever they are shown.
var helvetica = [...]uint16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
}

const (
	boldWider  = 1.08 // bold letters, against plain ones
	otherWidth = 590  // of characters that the table lacks, for each column that a terminal would give them
)

// columns says how many columns of a terminal a character takes, without asking the machine's locale: a picture is the same everywhere.
var columns = runewidth.Condition{}

// textWidth returns the width of s in points at a font's size.
func textWidth(s string, size float64, bold bool) float64 {
	sum := 0
	for _, r := range s {
		if ' ' <= r && r < utf8.RuneSelf-1 {
			sum += int(helvetica[r-' '])
		} else {
			sum += otherWidth * columns.RuneWidth(r)
		}
	}
	w := float64(sum) / 1000 * size
	if bold {
		w *= boldWider
	}
	return w
}

// lineHeight is that of a line of text at a font's size.
func lineHeight(size float64) float64 { return 1.2 * size }
