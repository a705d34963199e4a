// Package process speaks to extractors that are programs, under the scheme exec:,
// by lines of JSON over standard input and output. It registers itself.
package process
