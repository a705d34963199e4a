// Package corpus has the commands that make, check and show a dataset.
package corpus
