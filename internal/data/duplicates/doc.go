// Package duplicates finds articles that repeat others: a sketch of a text's
// word sequences, an estimate of how far two resemble each other, and the
// clusters above a threshold.
package duplicates
