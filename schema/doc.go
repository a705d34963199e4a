// Package schema says what a row is: articles, mentions, actors, events and
// arguments, the spans that tie them to a text, the ontology whose codes they
// carry, and the versions of all of these. It uses the standard library only,
// and everything else in the module builds on it.
package schema
