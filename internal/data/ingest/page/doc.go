// Package page reads HTML pages of news sites: their encoding, the lines as a
// browser breaks them, the article among them, and the metadata.
package page
