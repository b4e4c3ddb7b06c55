package modelcard

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// licenses are the identifiers of the hub and the names that the lexicon gives them.
var licenses = map[string]string{
	"apache-2.0": "Apache 2.0", "mit": "MIT", "bsd": "BSD-3-Clause", "bsd-2-clause": "BSD-2-Clause",
	"bsd-3-clause": "BSD-3-Clause", "bsd-3-clause-clear": "BSD-3-Clause-Clear", "afl-3.0": "Academic Free License 3.0",
	"artistic-2.0": "Artistic License 2.0", "bsl-1.0": "Boost Software License 1.0", "isc": "ISC License",
	"unlicense": "Unlicense", "wtfpl": "WTFPL", "zlib": "zlib License", "postgresql": "PostgreSQL License",
	"ncsa": "NCSA Open Source License", "ofl-1.1": "SIL Open Font License 1.1", "cc": "Creative Commons license",
	"cc0-1.0": "CC0 1.0", "cdla-sharing-1.0": "CDLA-Sharing-1.0", "cdla-permissive-2.0": "CDLA-Permissive-2.0",
	"pddl": "PDDL 1.0", "odc-by": "ODC-BY", "odbl": "ODbL", "gfdl": "GFDL", "openrail": "OpenRAIL",
	"creativeml-openrail-m": "OpenRAIL-M", "bigscience-openrail-m": "OpenRAIL-M", "bigcode-openrail-m": "OpenRAIL-M",
	"openrail++": "OpenRAIL-M", "bigscience-bloom-rail-1.0": "BigScience BLOOM RAIL 1.0",
	"llama2": "Llama 2 Community License", "llama3": "Llama 3 Community License", "llama3.1": "Llama 3.1 Community License",
	"llama3.2": "Llama 3.2 Community License", "llama3.3": "Llama 3.3 Community License", "llama4": "Llama 4 Community License",
	"gemma": "Gemma Terms of Use", "falcon-llm-license": "Falcon LLM License", "deepseek": "DeepSeek License",
	"apple-ascl": "Apple Sample Code License", "open-mdw": "OpenMDW",
}

// licenseName returns the lexicon's name of a licence, or what the card calls it. Identifiers of Creative Commons
// (cc-by-nc-4.0) and of other licences with a version (gpl-3.0, epl-1.0) follow a pattern.
func licenseName(id string) string {
	folded := strings.ToLower(id)
	if name, ok := licenses[folded]; ok {
		return name
	}
	if strings.ContainsAny(id, " \t") || id != folded {
		return id
	}
	if rest, ok := strings.CutPrefix(folded, "cc-"); ok {
		if i := strings.LastIndexByte(rest, '-'); i > 0 {
			rest = rest[:i] + " " + rest[i+1:]
		}
		return "CC " + strings.ToUpper(rest)
	}
	if name, version, _ := strings.Cut(folded, "-"); len(name) <= 4 && (version == "" || strings.Trim(version, "0123456789.") == "") {
		return strings.ToUpper(folded)
	}
	return id
}

// languageName returns the English name of a language given by code, a name as it is, and "" for what is none.
func languageName(s string) string {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "", "code", "multilingual", "multi", "none", "und", "other":
		return ""
	case "no":
		return "Norwegian" // which CLDR takes for Bokmål
	}
	if len(s) > 8 || strings.Contains(s, " ") || len(s) > 3 && !strings.ContainsAny(s, "-_") {
		return s
	}
	tag, err := language.Parse(s)
	if err != nil {
		return ""
	}
	base, _ := tag.Base()
	if name := display.English.Languages().Name(base); name != "" && name != base.String() {
		if name == "Filipino" {
			return "Tagalog" // CLDR's name for tl, too
		}
		return name
	}
	return ""
}
