// Package corpus reads a dataset that no release was made of yet: articles
// from files of any kind that package ingest reads, and label files beside
// them. Articles come in order of doc_id whatever their number, through a
// temporary file where memory is short.
package corpus
