// Package run asks an extractor about many articles, writes the predictions and
// a record of how it went, and goes on where a run was cut off.
package run
