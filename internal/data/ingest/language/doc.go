// Package language tells the language of a text by its script, its letters and
// its frequent words.
package language
