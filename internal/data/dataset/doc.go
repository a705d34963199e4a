// Package dataset says what a dataset is: articles with their labels, the
// actors that they refer to and the passes before adjudication; what it says
// of itself; and the manifest by which a release says what it holds.
package dataset
