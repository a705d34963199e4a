// Package boilerplate tells the lines of an article from the furniture of its
// page, and finds its title, author, date and outlet among them. Its rules are
// general, never certain.
package boilerplate
