package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"sett/graph/rdfio"
)

// fetch opens what an update request's LOAD names: files of this machine only, by file: addresses.
func fetch(_ context.Context, iri string) (io.ReadCloser, rdfio.Format, error) {
	address, err := url.Parse(iri)
	if err != nil || address.Scheme != "file" || address.Host != "" && address.Host != "localhost" {
		return nil, rdfio.Format{}, fmt.Errorf("expected a file: address; sett load reads what other programs have fetched")
	}
	path := filepath.FromSlash(address.Path)
	format, ok := rdfio.FormatByPath(path)
	if !ok {
		return nil, rdfio.Format{}, fmt.Errorf("%s: the format cannot be told from the name", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, rdfio.Format{}, err
	}
	text, err := rdfio.Decompress(f, path)
	if err != nil {
		f.Close()
		return nil, rdfio.Format{}, err
	}
	return struct {
		io.Reader
		io.Closer
	}{text, f}, format, nil
}
