package sparql

import (
	"fmt"
	"strings"
)

// read is what tests look at: everything a text became, as text.
type read struct{ algebra, text string }

// reading reads a query or an update and writes all of it down.
func reading(text string, opt Options, update bool) (read, error) {
	if update {
		u, err := ParseUpdate(text, opt)
		if err != nil {
			return read{}, err
		}
		return read{describeUpdate(u), u.String()}, nil
	}
	q, err := ParseQuery(text, opt)
	if err != nil {
		return read{}, err
	}
	return read{describeQuery(q), q.String()}, nil
}

func describeQuery(q *Query) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", q.Form)
	for _, v := range q.Vars {
		b.WriteString(" " + v.String())
	}
	for _, d := range q.Describe {
		b.WriteString(" " + d.String())
	}
	b.WriteString("\n")
	describeDataset(&b, "from", q.Dataset)
	describeQuads(&b, "template", q.Template)
	b.WriteString(q.Where.String() + "\n")
	return b.String()
}

func describeDataset(b *strings.Builder, word string, d Dataset) {
	for _, g := range d.From {
		fmt.Fprintf(b, "%s %s\n", word, g)
	}
	for _, g := range d.FromNamed {
		fmt.Fprintf(b, "%s named %s\n", word, g)
	}
}

func describeQuads(b *strings.Builder, word string, all []QuadPattern) {
	for _, q := range all {
		fmt.Fprintf(b, "%s %s %s %s", word, q.S, q.P, q.O)
		if !q.G.IsZero() {
			fmt.Fprintf(b, " %s", q.G)
		}
		b.WriteString("\n")
	}
}

func describeUpdate(u *Update) string {
	var b strings.Builder
	for _, op := range u.Operations {
		switch op := op.(type) {
		case *InsertData:
			b.WriteString("insert data\n")
			for _, q := range op.Quads {
				fmt.Fprintf(&b, "  %s\n", q)
			}
		case *DeleteData:
			b.WriteString("delete data\n")
			for _, q := range op.Quads {
				fmt.Fprintf(&b, "  %s\n", q)
			}
		case *Modify:
			fmt.Fprintf(&b, "modify %s\n", op.With)
			describeQuads(&b, "delete", op.Delete)
			describeQuads(&b, "insert", op.Insert)
			describeDataset(&b, "using", op.Using)
			b.WriteString(op.Where.String() + "\n")
		case *Load:
			fmt.Fprintf(&b, "load %s into %s silent %t\n", op.Source, op.Into, op.Silent)
		case *Clear:
			fmt.Fprintf(&b, "clear %d %s silent %t\n", op.Target.Kind, op.Target.Name, op.Silent)
		case *Drop:
			fmt.Fprintf(&b, "drop %d %s silent %t\n", op.Target.Kind, op.Target.Name, op.Silent)
		case *Create:
			fmt.Fprintf(&b, "create %s silent %t\n", op.Name, op.Silent)
		case *Copy:
			fmt.Fprintf(&b, "copy %s to %s silent %t\n", op.From, op.To, op.Silent)
		case *Move:
			fmt.Fprintf(&b, "move %s to %s silent %t\n", op.From, op.To, op.Silent)
		case *Add:
			fmt.Fprintf(&b, "add %s to %s silent %t\n", op.From, op.To, op.Silent)
		}
	}
	return b.String()
}
