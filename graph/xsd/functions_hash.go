package xsd

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
)

var hashFunctions = []Function{
	{Name: "MD5", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.6.1", Fn: hashOf(func(b []byte) []byte { h := md5.Sum(b); return h[:] })},
	{Name: "SHA1", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.6.2", Fn: hashOf(func(b []byte) []byte { h := sha1.Sum(b); return h[:] })},
	{Name: "SHA256", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.6.3", Fn: hashOf(func(b []byte) []byte { h := sha256.Sum256(b); return h[:] })},
	{Name: "SHA384", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.6.4", Fn: hashOf(func(b []byte) []byte { h := sha512.Sum384(b); return h[:] })},
	{Name: "SHA512", Min: 1, Max: 1, Section: "SPARQL 1.1 §17.4.6.5", Fn: hashOf(func(b []byte) []byte { h := sha512.Sum512(b); return h[:] })},
}

func hashOf(sum func([]byte) []byte) func(*Context, []Value) (Value, error) {
	return func(_ *Context, a []Value) (Value, error) {
		if a[0].kind != String {
			return Value{}, errString
		}
		return NewString(hex.EncodeToString(sum([]byte(a[0].text)))), nil
	}
}
