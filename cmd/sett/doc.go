// Command sett is the database's command line: a prompt over a graph of papers, and a command for each thing one does
// with it. Each file is one command; it turns flags into calls of the packages below and does nothing else. The
// statuses a process can end with are in one place, status.go.
package main
