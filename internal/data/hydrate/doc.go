// Package hydrate puts the texts back into a release that was made without them, from
// copies of the articles that its reader has.
package hydrate
