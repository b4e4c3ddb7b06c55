package repl

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// toggle sets a switch by "on" or "off", or turns it over without an argument, and says how it stands.
func (s *Session) toggle(name string, value *bool, args []string) error {
	switch {
	case len(args) == 0:
		*value = !*value
	case strings.EqualFold(args[0], "on"):
		*value = true
	case strings.EqualFold(args[0], "off"):
		*value = false
	default:
		return &UsageError{fmt.Sprintf(".%s %s: expected on or off", name, args[0])}
	}
	state := "off"
	if *value {
		state = "on"
	}
	s.note("%s is %s", name, state)
	return nil
}

func (s *Session) cmdExplain(_ context.Context, args []string) error {
	return s.toggle("explain", &s.explain, args)
}

func (s *Session) cmdProfile(_ context.Context, args []string) error {
	return s.toggle("profile", &s.profile, args)
}

func (s *Session) cmdTimer(_ context.Context, args []string) error {
	return s.toggle("timer", &s.Timer, args)
}

func (s *Session) cmdTo(_ context.Context, args []string) error {
	if err := CheckFormat(args[0]); err != nil {
		return err
	}
	s.To = args[0]
	return nil
}

func (s *Session) cmdLang(_ context.Context, args []string) error {
	if !slices.Contains(languages, args[0]) {
		return &UsageError{fmt.Sprintf("no language %q: expected one of %s", args[0], strings.Join(languages, ", "))}
	}
	s.Query.Lang = args[0]
	return nil
}

func (s *Session) cmdLimit(_ context.Context, args []string) error {
	n, err := strconv.Atoi(args[0])
	if err != nil || n < 0 {
		return &UsageError{fmt.Sprintf(".limit %s: expected a number of rows, 0 for all", args[0])}
	}
	s.limit = n
	return nil
}

func (s *Session) cmdTimeout(_ context.Context, args []string) error {
	if args[0] == "0" {
		s.Query.Timeout = 0
		return nil
	}
	d, err := time.ParseDuration(args[0])
	if err != nil || d < 0 {
		return &UsageError{fmt.Sprintf(".timeout %s: expected a time such as 30s or 2m, 0 for none", args[0])}
	}
	s.Query.Timeout = d
	return nil
}

func (s *Session) cmdPrefixes(context.Context, []string) error {
	width := 0
	for prefix := range s.prefixes.All() {
		width = max(width, len(prefix)+1)
	}
	for prefix, namespace := range s.prefixes.All() {
		fmt.Fprintf(s.out, "%-*s  %s\n", width, prefix+":", namespace)
	}
	if s.base != "" {
		fmt.Fprintf(s.out, "base  %s\n", s.base)
	}
	return nil
}

func (s *Session) cmdHistory(context.Context, []string) error {
	if s.history == nil {
		return &UsageError{".history: there is none, because input does not come from a terminal"}
	}
	for i, line := range s.history() {
		fmt.Fprintf(s.out, "%5d  %s\n", i+1, line)
	}
	return nil
}

func (s *Session) cmdOutput(_ context.Context, args []string) error {
	if err := s.closeOutput(); err != nil || len(args) == 0 {
		return err
	}
	f, err := os.Create(args[0])
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], pathless(err))
	}
	s.file, s.out = f, f
	return nil
}

// closeOutput ends .output FILE.
func (s *Session) closeOutput() error {
	s.out = s.Out
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}

// maxReads bounds .read in files that .read one another.
const maxReads = 16

func (s *Session) cmdRead(ctx context.Context, args []string) error {
	if s.depth == maxReads {
		return fmt.Errorf(".read %s: files read one another %d deep", args[0], maxReads)
	}
	f, err := os.Open(args[0])
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], pathless(err))
	}
	defer f.Close()
	s.depth++
	defer func() { s.depth-- }()
	if err := s.Script(ctx, f); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return nil
}
