//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package store

import (
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestLockIsFreeThoughACopyOfItsFileIsOpen gives a lock back while its file is open a second time, as it is in a process that has been
// started and does not yet run its own program.
func TestLockIsFreeThoughACopyOfItsFileIsOpen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), lockName)
	f, err := lockFile(path, true)
	if err != nil {
		t.Fatal(err)
	}
	again, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(again)
	if err := unlockFile(f, true); err != nil {
		t.Fatal(err)
	}
	if f, err = lockFile(path, true); err != nil {
		t.Fatal(err)
	}
	if err := unlockFile(f, true); err != nil {
		t.Error(err)
	}
}
