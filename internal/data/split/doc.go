// Package split divides the articles of a dataset into parts, for training and
// test or for cross-validation, such that the labels of one part tell nothing
// of another.
package split
