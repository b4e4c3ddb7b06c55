package xsd

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// regexpParser translates an XPath regular expression to the dialect of package regexp or (net) of regexp2.
type regexpParser struct {
	pattern                                  string
	at                                       int
	dotAll, multiline, fold, extended, quote bool
	net                                      bool
	out                                      strings.Builder
	groups                                   int
	closed                                   []bool // by group number less one: its ) has been read
	backReference                            bool
}

func (p *regexpParser) fail(msg string, args ...any) error {
	return &RegexpError{p.pattern, p.at, fmt.Sprintf(msg, args...)}
}

// appendQuoted writes text that stands for itself.
func (p *regexpParser) appendQuoted(s string) {
	for _, r := range s {
		p.appendRune(r)
	}
}

func (p *regexpParser) appendRune(r rune) {
	switch {
	case r < utf8.RuneSelf && strings.ContainsRune(`\.+*?()|[]{}^$#-&~ `, r):
		if r == ' ' || r == '~' {
			p.out.WriteRune(r)
			return
		}
		p.out.WriteByte('\\')
		p.out.WriteRune(r)
	default:
		p.out.WriteRune(r)
	}
}

// parse reads the whole pattern.
func (p *regexpParser) parse() error {
	var open []int // numbers of open groups, 0 for those that do not capture
	quantifiable := false
	for p.at < len(p.pattern) {
		r, size := utf8.DecodeRuneInString(p.pattern[p.at:])
		if p.extended && r < utf8.RuneSelf && isSpace(byte(r)) {
			p.at += size
			continue
		}
		switch r {
		case '(':
			n := 0
			p.out.WriteByte('(')
			p.at++
			if strings.HasPrefix(p.pattern[p.at:], "?:") {
				p.out.WriteString("?:")
				p.at += 2
			} else if strings.HasPrefix(p.pattern[p.at:], "?") {
				return p.fail("( is followed by ?, which XPath has only as (?:")
			} else {
				p.groups++
				n = p.groups
				p.closed = append(p.closed, false)
			}
			open = append(open, n)
			quantifiable = false
			continue
		case ')':
			if len(open) == 0 {
				return p.fail(") closes no group")
			}
			if n := open[len(open)-1]; n > 0 {
				p.closed[n-1] = true
			}
			open = open[:len(open)-1]
			p.out.WriteByte(')')
			quantifiable = true
		case '|':
			p.out.WriteByte('|')
			quantifiable = false
		case '*', '+', '?', '{':
			if !quantifiable {
				return p.fail("%c has nothing to repeat", r)
			}
			if err := p.quantifier(r); err != nil {
				return err
			}
			quantifiable = false
			continue
		case '^', '$':
			p.out.WriteString(p.anchor(r))
			quantifiable = false
		case '.':
			if p.dotAll {
				p.out.WriteString(`(?s:.)`)
			} else {
				p.out.WriteString(`[^\n\r]`)
			}
			quantifiable = true
		case '}', ']':
			return p.fail("%c must be written as \\%c", r, r)
		case '[':
			set, err := p.class(0)
			if err != nil {
				return err
			}
			set.write(&p.out, p.net)
			quantifiable = true
			continue
		case '\\':
			if err := p.escape(); err != nil {
				return err
			}
			quantifiable = true
			continue
		default:
			p.appendRune(r)
			quantifiable = true
		}
		p.at += size
	}
	if len(open) > 0 {
		return p.fail("a group is not closed")
	}
	return nil
}

func (p *regexpParser) anchor(r rune) string {
	switch {
	case p.multiline && r == '^':
		return `(?m:^)`
	case p.multiline:
		return `(?m:$)`
	case r == '^':
		return `\A`
	}
	return `\z`
}

// quantifier reads * + ? {n} {n,} {n,m}, and the ? that makes it reluctant.
func (p *regexpParser) quantifier(r rune) error {
	if r == '{' {
		end := strings.IndexByte(p.pattern[p.at:], '}')
		if end < 0 {
			return p.fail("{ is not closed")
		}
		lo, hi, ranged := strings.Cut(p.pattern[p.at+1:p.at+end], ",")
		n, err := strconv.ParseUint(lo, 10, 16)
		if err != nil {
			return p.fail("a repeat count from 0 to 65535 must follow {")
		}
		if ranged && hi != "" {
			m, err := strconv.ParseUint(hi, 10, 16)
			if err != nil || m < n {
				return p.fail("the upper repeat count must be a number up to 65535 and not below the lower")
			}
		}
		p.out.WriteString(p.pattern[p.at : p.at+end+1])
		p.at += end + 1
	} else {
		p.out.WriteRune(r)
		p.at++
	}
	if p.at < len(p.pattern) && p.pattern[p.at] == '?' {
		p.out.WriteByte('?')
		p.at++
	}
	return nil
}

// escape reads a backslash and what follows, outside of a class.
func (p *regexpParser) escape() error {
	if p.at+1 < len(p.pattern) {
		if c := p.pattern[p.at+1]; c >= '1' && c <= '9' {
			return p.reference()
		}
	}
	set, r, err := p.classEscape()
	if err != nil {
		return err
	}
	if set != nil {
		set.write(&p.out, p.net)
	} else if r == '\n' || r == '\r' || r == '\t' {
		p.out.WriteString(map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}[r])
	} else {
		p.appendRune(r)
	}
	return nil
}

// reference reads \N, a group that is closed already.
func (p *regexpParser) reference() error {
	p.at++
	n := int(p.pattern[p.at] - '0')
	end := p.at + 1
	for end < len(p.pattern) && p.pattern[end]-'0' <= 9 && n*10+int(p.pattern[end]-'0') <= p.groups {
		n = n*10 + int(p.pattern[end]-'0')
		end++
	}
	if n > p.groups || !p.closed[n-1] {
		return p.fail("\\%d refers to a group that is not there or not closed", n)
	}
	p.at = end
	p.backReference = true
	fmt.Fprintf(&p.out, `(?:\%d)`, n)
	return nil
}
