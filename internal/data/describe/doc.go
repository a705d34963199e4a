// Package describe writes the files that say what a release holds: the dataset
// card, the Croissant and the data package descriptions.
package describe
