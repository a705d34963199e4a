// Package dates reads dates as news sites print them, in Arabic, English and
// French, and stamps of machines.
package dates
