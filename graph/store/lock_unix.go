//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// lockPatience is how many milliseconds a taken lock is waited for.
const lockPatience = 100

// lockFile takes the lock of a directory, alone or with other readers, and leaves the process's id in it for those who find it
// taken. The system frees it when the process ends, however it ends.
func lockFile(path string, alone bool) (*os.File, error) {
	flags, how := os.O_RDWR|os.O_CREATE, unix.LOCK_EX
	if !alone {
		flags, how = os.O_RDONLY, unix.LOCK_SH
	}
	f, err := os.OpenFile(path, flags, 0o644)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
	for range lockPatience { // a holder may just be ending, or have started a process that still has its files
		if !errors.Is(err, unix.EWOULDBLOCK) {
			break
		}
		time.Sleep(time.Millisecond)
		err = unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		err = fmt.Errorf("%w: held by %s", ErrLocked, holderName(string(holder)))
	}
	if err == nil && alone {
		if err = f.Truncate(0); err == nil {
			_, err = fmt.Fprintf(f, "%d\n", os.Getpid())
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func holderName(pid string) string {
	if pid = strings.TrimSpace(pid); pid != "" {
		return "process " + pid
	}
	return "processes that read it"
}

// unlockFile gives the lock back. Closing the file alone would not do it while a process that this one has just started still has a copy.
func unlockFile(f *os.File, alone bool) error {
	if alone {
		_ = f.Truncate(0) // readers who take it next leave no name
	}
	return errors.Join(unix.Flock(int(f.Fd()), unix.LOCK_UN), f.Close())
}
