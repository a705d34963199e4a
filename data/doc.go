// Package data is the default corpus: its articles, their labels and what it
// says of itself, in the program.
package data
