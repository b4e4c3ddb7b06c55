package rdf

// Namespaces of the vocabularies that the readers, the engine and the loader name.
const (
	RDFNS     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFSNS    = "http://www.w3.org/2000/01/rdf-schema#"
	XSDNS     = "http://www.w3.org/2001/XMLSchema#"
	OWLNS     = "http://www.w3.org/2002/07/owl#"
	SKOSNS    = "http://www.w3.org/2004/02/skos/core#"
	DCTermsNS = "http://purl.org/dc/terms/"
)

// IRIs of RDF's own terms and of the datatypes of RDF 1.2 Concepts §5.
const (
	RDFType          = RDFNS + "type"
	RDFFirst         = RDFNS + "first"
	RDFRest          = RDFNS + "rest"
	RDFNil           = RDFNS + "nil"
	RDFReifies       = RDFNS + "reifies"
	RDFLangString    = RDFNS + "langString"
	RDFDirLangString = RDFNS + "dirLangString"
	RDFSLabel        = RDFSNS + "label"

	XSDString   = XSDNS + "string"
	XSDBoolean  = XSDNS + "boolean"
	XSDInteger  = XSDNS + "integer"
	XSDDecimal  = XSDNS + "decimal"
	XSDDouble   = XSDNS + "double"
	XSDFloat    = XSDNS + "float"
	XSDDate     = XSDNS + "date"
	XSDDateTime = XSDNS + "dateTime"
	XSDGYear    = XSDNS + "gYear"
)
