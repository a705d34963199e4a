// Package suggest finds the names that may have been meant.
package suggest
