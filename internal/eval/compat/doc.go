// Package compat counts as other scorers do: each scheme is a family of metrics
// under the name of its tool, and registers itself. Import it for that.
package compat
