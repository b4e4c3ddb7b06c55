// Package modelcard reads Hugging Face model cards and dataset cards: Markdown with YAML front matter, a document a file.
//
// What a card states outright becomes facts about what it describes: of the front matter license, language, datasets,
// base_model, tags and model-index; of the body its tables of two columns and its lists of "Key: value", where the key is
// one of a table in this package (parameters, context length, developed by, …). Sentences become the document's text,
// without code, tables, comments and pictures, for the extraction to read.
//
//	r := modelcard.NewReader(in, modelcard.Options{File: "models/acme/mole-7b/README.md"})
//	doc, err := r.Next()
//
// The name of the model is that in the front matter or, failing this, of the folder, the first heading, the file.
//
// Format: huggingface.co/docs/hub/model-cards; YAML 1.2, with few aliases, so that no small card grows large. The package
// knows the names of keys, licences and languages, and nothing of models or datasets.
package modelcard
