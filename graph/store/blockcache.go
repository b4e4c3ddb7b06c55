package store

import "sync"

type blockKey struct {
	kind   Kind
	number uint64
}

// blockCache keeps blocks of the ordered dictionary, up to a number of bytes: two generations, of which the older is
// dropped when the younger is half full.
type blockCache struct {
	mu         sync.Mutex
	limit      int
	size       int
	young, old map[blockKey][]byte
}

func newBlockCache(limit int) *blockCache {
	return &blockCache{limit: limit, young: map[blockKey][]byte{}}
}

func (c *blockCache) get(k blockKey) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.young[k]; ok {
		return b, true
	}
	b, ok := c.old[k]
	if ok {
		c.keep(k, b)
	}
	return b, ok
}

func (c *blockCache) put(k blockKey, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(k, b)
}

func (c *blockCache) keep(k blockKey, b []byte) {
	if c.size > c.limit/2 {
		c.old, c.young, c.size = c.young, map[blockKey][]byte{}, 0
	}
	c.young[k] = b
	c.size += len(b) + 64
}
