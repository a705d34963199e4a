// Package streams merges, sorts and joins streams in key order.
package streams
