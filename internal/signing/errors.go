package signing

import "errors"

// ErrSignature says that a signature was not made with the key over what it lists.
var ErrSignature = errors.New("the signature is not one of this key over what it lists: it or the key was changed")

// A KeyMismatchError says that a signature names another key.
type KeyMismatchError struct {
	Signed, Given string // SHA-256 of the public keys as PEM files
}

func (e *KeyMismatchError) Error() string {
	return "signed with another key: found " + e.Signed + ", expected " + e.Given + " (SHA-256 of the public key's PEM)"
}
