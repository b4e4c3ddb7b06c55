package store

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"
)

// TestASystemShortOfSomethingIsNoDamage has the texts of Badger's errors, which wrap nothing.
func TestASystemShortOfSomethingIsNoDamage(t *testing.T) {
	for _, test := range []struct {
		text    string
		damaged bool
		want    error
	}{
		{"Opening file: \"d/000009.sst\" err: open d/000009.sst: too many open files\nunable to open: d/000009.sst", false, syscall.EMFILE},
		{"Opening memtables err: while opening fid: 1 err: open d/00001.mem: permission denied", false, fs.ErrPermission},
		{"cannot allocate memory", false, syscall.ENOMEM},
		{"manifest has bad magic", true, ErrCorrupt},
	} {
		err := openError(errors.New(test.text), Options{})
		if errors.Is(err, ErrCorrupt) != test.damaged || !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.text, err)
		}
	}
}
