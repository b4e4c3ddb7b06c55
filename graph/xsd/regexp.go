package xsd

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// matchTimeout bounds one match of a pattern with back-references, which may take exponential time.
const matchTimeout = 500 * time.Millisecond

// Regexp is a compiled XPath regular expression (XPath F&O §5.6.1). Patterns without back-references run on package
// regexp, in time linear in the text; others on a backtracking engine with a time limit. Safe for concurrent use.
type Regexp struct {
	re      *regexp.Regexp
	back    *regexp2.Regexp // instead of re
	groups  int
	literal bool // flag q
}

// RegexpError says where a pattern is wrong. It Is ErrType.
type RegexpError struct {
	Pattern string
	Offset  int // in bytes
	Msg     string
}

func (e *RegexpError) Error() string {
	return fmt.Sprintf("regular expression %q, byte %d: %s", e.Pattern, e.Offset, e.Msg)
}

// Is makes it an evaluation error.
func (e *RegexpError) Is(target error) bool { return target == ErrType }

// CompileRegexp compiles a pattern under the flags s m i x q. Errors: *RegexpError.
func CompileRegexp(pattern, flags string) (*Regexp, error) {
	p := regexpParser{pattern: pattern}
	for i := range len(flags) {
		switch flags[i] {
		case 's':
			p.dotAll = true
		case 'm':
			p.multiline = true
		case 'i':
			p.fold = true
		case 'x':
			p.extended = true
		case 'q':
			p.quote = true
		default:
			return nil, &RegexpError{flags, i, "a flag other than s m i x q"}
		}
	}
	if p.quote {
		p.appendQuoted(pattern)
	} else if err := p.parse(); err != nil {
		return nil, err
	}
	r := &Regexp{groups: p.groups, literal: p.quote}
	prefix := ""
	if p.fold {
		prefix = "(?i)"
	}
	if !p.backReference {
		re, err := regexp.Compile(prefix + p.out.String())
		if err == nil {
			r.re = re
			return r, nil
		}
		if !strings.Contains(err.Error(), "repeat count") {
			return nil, &RegexpError{pattern, 0, err.Error()}
		}
	}
	if p.fold {
		return r, p.compileBack(r, regexp2.IgnoreCase)
	}
	return r, p.compileBack(r, regexp2.None)
}

// compileBack writes the pattern once more in the dialect of the backtracking engine.
func (p *regexpParser) compileBack(r *Regexp, options regexp2.RegexOptions) error {
	q := regexpParser{pattern: p.pattern, dotAll: p.dotAll, multiline: p.multiline, fold: p.fold, extended: p.extended, net: true}
	if err := q.parse(); err != nil {
		return err
	}
	re, err := regexp2.Compile(q.out.String(), options)
	if err != nil {
		return &RegexpError{p.pattern, 0, err.Error()}
	}
	re.MatchTimeout = matchTimeout
	r.back = re
	return nil
}

// match reports whether the pattern is found in s. Errors: ErrTimeout.
func (r *Regexp) match(s string) (bool, error) {
	if r.re != nil {
		return r.re.MatchString(s), nil
	}
	ok, err := r.back.MatchString(s)
	if err != nil {
		return false, ErrTimeout
	}
	return ok, nil
}

// replace replaces each match (XPath fn:replace). A pattern that matches the empty string is an error.
func (r *Regexp) replace(s, with string) (string, error) {
	parts, err := r.replacement(with)
	if err != nil {
		return "", err
	}
	if empty, err := r.match(""); err != nil || empty {
		if err == nil {
			err = &RegexpError{r.String(), 0, "matches the empty string, which REPLACE does not allow"}
		}
		return "", err
	}
	var b strings.Builder
	last := 0
	emit := func(start, end int, group func(int) string) {
		b.WriteString(s[last:start])
		for _, p := range parts {
			b.WriteString(p.text)
			if p.group >= 0 {
				b.WriteString(group(p.group))
			}
		}
		last = end
	}
	if r.re != nil {
		for _, m := range r.re.FindAllStringSubmatchIndex(s, -1) {
			emit(m[0], m[1], func(i int) string {
				if m[2*i] < 0 {
					return ""
				}
				return s[m[2*i]:m[2*i+1]]
			})
		}
	} else if err := r.eachBack(s, emit); err != nil {
		return "", err
	}
	b.WriteString(s[last:])
	return b.String(), nil
}

// eachBack walks the matches of the backtracking engine, which counts in code points.
func (r *Regexp) eachBack(s string, emit func(start, end int, group func(int) string)) error {
	offsets := make([]int, 0, len(s)+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(s))
	m, err := r.back.FindStringMatch(s)
	for ; err == nil && m != nil; m, err = r.back.FindNextMatch(m) {
		emit(offsets[m.Index], offsets[m.Index+m.Length], func(i int) string {
			if g := m.GroupByNumber(i); g != nil {
				return g.String()
			}
			return ""
		})
	}
	if err != nil {
		return ErrTimeout
	}
	return nil
}

// String returns the pattern as the engine has it.
func (r *Regexp) String() string {
	if r.re != nil {
		return r.re.String()
	}
	return r.back.String()
}

// replacementPart is text, then perhaps what a group matched (-1: none).
type replacementPart struct {
	text  string
	group int
}

// replacement reads $N, \$ and \\; N takes as many digits as there are groups for.
func (r *Regexp) replacement(s string) ([]replacementPart, error) {
	if r.literal {
		return []replacementPart{{s, -1}}, nil
	}
	var parts []replacementPart
	var text strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			if i++; i == len(s) || s[i] != '\\' && s[i] != '$' {
				return nil, &RegexpError{s, i, `in a replacement, \ stands before \ or $ only`}
			}
			text.WriteByte(s[i])
		case s[i] == '$':
			if i++; i == len(s) || s[i]-'0' > 9 {
				return nil, &RegexpError{s, i, "in a replacement, $ stands before a digit only"}
			}
			n := int(s[i] - '0')
			for i+1 < len(s) && s[i+1]-'0' <= 9 && n*10+int(s[i+1]-'0') <= r.groups {
				i++
				n = n*10 + int(s[i]-'0')
			}
			if n > r.groups {
				n = -1
			}
			parts = append(parts, replacementPart{text.String(), n})
			text.Reset()
		default:
			text.WriteByte(s[i])
		}
	}
	return append(parts, replacementPart{text.String(), -1}), nil
}

// regexpCache keeps compiled patterns. A pattern that is a constant of the query costs two string comparisons a row.
type regexpCache struct {
	last map[[2]string]*Regexp
	key  [2]string
	re   *Regexp
}

// cachedRegexps bounds the cache; full, it starts afresh.
const cachedRegexps = 128

func (c *regexpCache) get(pattern, flags string) (*Regexp, error) {
	if c.re != nil && c.key[0] == pattern && c.key[1] == flags {
		return c.re, nil
	}
	key := [2]string{pattern, flags}
	re, ok := c.last[key]
	if !ok {
		var err error
		if re, err = CompileRegexp(pattern, flags); err != nil {
			return nil, err
		}
		if c.last == nil || len(c.last) >= cachedRegexps {
			c.last = make(map[[2]string]*Regexp)
		}
		c.last[key] = re
	}
	c.key, c.re = key, re
	return re, nil
}
