// Package coref counts the clusters of mentions that coreference metrics compare,
// within articles and across them.
package coref
