//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package repl

import "golang.org/x/sys/unix"

// setInterrupt says whether Ctrl-C on the terminal sends a signal, or is a key like others. The line editor switches
// to keys only after it has shown its prompt: a Ctrl-C typed before that would end the program.
func setInterrupt(signal bool) {
	const stdin = 0
	mode, err := unix.IoctlGetTermios(stdin, getTermios)
	if err != nil {
		return // no terminal
	}
	if signal {
		mode.Lflag |= unix.ISIG
	} else {
		mode.Lflag &^= unix.ISIG
	}
	_ = unix.IoctlSetTermios(stdin, setTermios, mode)
}
