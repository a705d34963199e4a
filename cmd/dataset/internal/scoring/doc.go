// Package scoring has the commands that run extractors and measure them.
package scoring
