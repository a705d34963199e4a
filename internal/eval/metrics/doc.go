// Package metrics holds the families of metrics, a file each or a few, which
// register themselves with [eval.Register]. Import it for its registrations.
package metrics
