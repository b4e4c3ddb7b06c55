package store

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// forgetMapped tells the system that the files which are mapped from a directory need not stay in this process's memory: Badger maps each
// table that a build has written, which would make the process as large as the database. The pages stay in the system's cache, and come back
// when they are read. It is only for shared mappings, whose changes are the file's, and only while nothing unmaps a table: Badger's stream writer
// has its compactions stopped, so that no other memory can take an address between its reading here and the advice.
func forgetMapped(dir string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return
	}
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if !strings.HasSuffix(line, ".sst") || !strings.Contains(line, dir) {
			continue
		}
		var from, to uintptr
		var permissions string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &permissions); err == nil && strings.HasSuffix(permissions, "s") {
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED)
		}
	}
}
