//go:build race

package store_test

// raceDetector says that the test runs under the race detector.
const raceDetector = true
