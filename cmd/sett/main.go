package main

import (
	"context"
	"os"

	"sett/graph/cayley"
)

func main() {
	cayley.BoundPatterns()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr}
	os.Exit(a.main(context.Background(), os.Args[1:]))
}
