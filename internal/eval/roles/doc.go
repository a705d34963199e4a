// Package roles resolves what fills the roles of events.
package roles
