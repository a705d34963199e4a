// Package prepared reads the records of pages that somebody has prepared by
// hand: which lines of a text file are the article, and what is known of it.
package prepared
