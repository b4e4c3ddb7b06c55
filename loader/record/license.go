package record

import "strings"

// licenseURLs are the licences that arXiv offers, by address without scheme, "www." and trailing slash.
var licenseURLs = map[string]string{
	"creativecommons.org/licenses/by/4.0":         "CC BY 4.0",
	"creativecommons.org/licenses/by/3.0":         "CC BY 3.0",
	"creativecommons.org/licenses/by/2.0":         "CC BY 2.0",
	"creativecommons.org/licenses/by-sa/4.0":      "CC BY-SA 4.0",
	"creativecommons.org/licenses/by-sa/3.0":      "CC BY-SA 3.0",
	"creativecommons.org/licenses/by-nc/4.0":      "CC BY-NC 4.0",
	"creativecommons.org/licenses/by-nc-sa/4.0":   "CC BY-NC-SA 4.0",
	"creativecommons.org/licenses/by-nc-sa/3.0":   "CC BY-NC-SA 3.0",
	"creativecommons.org/licenses/by-nc-nd/4.0":   "CC BY-NC-ND 4.0",
	"creativecommons.org/licenses/by-nd/4.0":      "CC BY-ND 4.0",
	"creativecommons.org/publicdomain/zero/1.0":   "CC0 1.0",
	"creativecommons.org/licenses/publicdomain":   "public domain",
	"arxiv.org/licenses/nonexclusive-distrib/1.0": "arXiv non-exclusive license to distribute",
	"arxiv.org/licenses/assumed-1991-2003":        "arXiv non-exclusive license to distribute",
}

// LicenseName returns the name of a licence given by URL, the name itself if it is none, and "" for a URL that is not
// known.
func LicenseName(license string) string {
	license = strings.TrimSpace(license)
	_, address, ok := strings.Cut(license, "://")
	if !ok {
		return license
	}
	return licenseURLs[strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(address), "www."), "/")]
}
