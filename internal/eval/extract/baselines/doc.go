// Package baselines holds the extractors that come with the program, under the
// scheme builtin:. They register themselves.
package baselines
