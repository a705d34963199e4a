// Package document is an article as it was read: with notes on what was not
// found or guessed, or the error for which there is none.
package document
