// Package labelling has the commands that make, check and carry labels.
package labelling
