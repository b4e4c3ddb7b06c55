//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package repl

// setInterrupt does nothing here: the console of this system tells keys from signals by itself.
func setInterrupt(bool) {}
