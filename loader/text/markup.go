package text

// markupAt returns the length of what stands at i for looks alone, or 0: commands of TeX that set type (\textbf, \emph) with the brace
// after them, braces, the signs around mathematics, asterisks of Markdown. Such signs are no pieces; what they enclose is.
func markupAt(s string, i int) int {
	switch s[i] {
	case '{', '}':
		return 1
	case '*':
		n := 1
		for i+n < len(s) && s[i+n] == '*' {
			n++
		}
		if n > 1 {
			return n
		}
	case '\\':
		switch {
		case i+1 >= len(s):
			return 0
		case s[i+1] == '{' || s[i+1] == '}':
			return 2
		case i+2 < len(s) && s[i+1] == '\\' && (s[i+2] == '(' || s[i+2] == ')'):
			return 3
		}
		j := i + 1
		for j < len(s) && isLetter(s[j]) {
			j++
		}
		if !typeCommands[s[i+1:j]] {
			return 0
		}
		return j - i
	}
	return 0
}

// typeCommands are the commands of TeX that only set type.
var typeCommands = map[string]bool{
	"textbf": true, "textit": true, "texttt": true, "textsc": true, "textsl": true, "textrm": true, "textsf": true, "text": true, "emph": true,
	"underline": true, "mathbf": true, "mathrm": true, "mathcal": true, "mathbb": true, "mathit": true, "bf": true, "it": true, "rm": true,
	"em": true, "sc": true, "tt": true, "url": true, "ensuremath": true, "mbox": true, "xspace": true,
}
