// Package warc reads the records of web archives (WARC 1.1, ISO 28500:2017)
// and the HTTP messages in them, in bounded memory.
package warc
