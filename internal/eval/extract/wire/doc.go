// Package wire is the JSON that articles and answers travel in.
package wire
