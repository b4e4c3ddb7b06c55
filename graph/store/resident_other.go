//go:build !linux

package store

// forgetMapped does nothing: the system decides alone what of a mapped file stays in memory.
func forgetMapped(string) {}
