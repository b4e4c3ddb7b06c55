package papers

import "strconv"

const (
	consonants = "bdfgklmnprstvz"
	vowels     = "aeiou"
	syllables  = len(consonants) * len(vowels)
	names      = syllables * syllables * syllables * syllables // coined names before they get numbers
	stride     = 7368787                                       // prime, so that steps of it meet every name once
)

// coin returns the i-th coined name, such as Tovarelu: another for every i, and in another order for another seed.
func coin(i int, seed uint64) string {
	n := int((uint64(i)%uint64(names)*stride + seed%uint64(names)) % uint64(names))
	var b []byte
	for range 4 {
		s := n % syllables
		n /= syllables
		b = append(b, consonants[s/len(vowels)], vowels[s%len(vowels)])
	}
	b[0] -= 'a' - 'A'
	if round := i / names; round > 0 {
		b = strconv.AppendInt(b, int64(round+1), 10)
	}
	return string(b)
}
