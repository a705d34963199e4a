// Package ingesttest is what the tests of the readers share: the laws of the
// maps to the raw text, and readers that are made to exhaust memory.
package ingesttest
