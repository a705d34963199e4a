// Package signing signs folders and files, and verifies signatures, in the format of
// OpenSSF Model Signing v1.0 (https://github.com/ossf/model-signing-spec): a Sigstore
// bundle with a DSSE envelope over an in-toto statement, which lists every file with its
// SHA-256. Keys are elliptic curve keys of a file; nothing asks a network.
package signing
