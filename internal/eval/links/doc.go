// Package links counts the links of mentions to entries of a knowledge base, in
// the measures of neleval.
package links
