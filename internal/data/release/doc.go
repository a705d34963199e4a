// Package release makes and reads releases: a folder of Parquet tables with a
// manifest, a card and machine-readable descriptions, written whole or not at
// all. [Build] makes one, [Open] reads it, [Verify] holds it against its
// manifest and the label rules, [Info] says what is in it.
package release
