//go:build linux || darwin || dragonfly || freebsd

package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// checkFree returns ErrFull unless the file system of dir has this many bytes for us.
func checkFree(dir string, need int64) error {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return err
	}
	if free := int64(st.Bavail) * int64(st.Bsize); free < need {
		return fmt.Errorf("%w: %s has %d MiB free, %d MiB are needed", ErrFull, dir, free>>20, need>>20)
	}
	return nil
}
