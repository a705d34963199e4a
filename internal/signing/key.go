package signing

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/regular"
)

// maxKey is the most bytes of a file with a key.
const maxKey = 1 << 16

// A KeyError is a file without a key of the kind that is needed.
type KeyError struct {
	Path, What string
	Next       string // what to do, "" for nothing
}

func (e *KeyError) Error() string { return e.Path + ": " + e.What }

// Hint is the next step, "" for none.
func (e *KeyError) Hint() string { return e.Next }

const makeKey = "openssl ecparam -name prime256v1 -genkey -noout -out key.pem; openssl ec -in key.pem -pubout -out key.pub makes a pair"

// ReadPrivateKey reads an elliptic curve private key of a PEM file: PKCS #8 or SEC 1, of
// the curves P-256, P-384 and P-521, without a password.
func ReadPrivateKey(path string) (*ecdsa.PrivateKey, error) {
	b, err := regular.ReadFile(path, maxKey)
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
		var key any
		switch block.Type {
		case "EC PARAMETERS": // stands before the key, where openssl wrote it
			continue
		case "EC PRIVATE KEY":
			if block.Headers["DEK-Info"] != "" {
				return nil, &KeyError{path, "found an encrypted key, expected one without a password", "openssl pkey -in " + path + " -out plain.pem takes the password off"}
			}
			key, err = x509.ParseECPrivateKey(block.Bytes)
		case "PRIVATE KEY":
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "ENCRYPTED PRIVATE KEY":
			return nil, &KeyError{path, "found an encrypted key, expected one without a password", "openssl pkey -in " + path + " -out plain.pem takes the password off"}
		default:
			return nil, &KeyError{path, fmt.Sprintf("found a %q, expected a private key", block.Type), makeKey}
		}
		ec, ok := key.(*ecdsa.PrivateKey)
		switch {
		case err != nil:
			return nil, &KeyError{path, "not a readable private key: " + err.Error(), makeKey}
		case !ok:
			return nil, &KeyError{path, fmt.Sprintf("found a key of the kind %T, expected one of an elliptic curve", key), makeKey}
		}
		if _, err := hashOf(&ec.PublicKey); err != nil {
			return nil, &KeyError{path, err.Error(), makeKey}
		}
		return ec, nil
	}
	return nil, &KeyError{path, "found no PEM block, expected a private key", makeKey}
}

// ReadPublicKey reads an elliptic curve public key of a PEM file (SubjectPublicKeyInfo).
func ReadPublicKey(path string) (*ecdsa.PublicKey, error) {
	b, err := regular.ReadFile(path, maxKey)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(b)
	if block == nil || block.Type != "PUBLIC KEY" {
		found := "no PEM block"
		if block != nil {
			found = fmt.Sprintf("a %q", block.Type)
		}
		return nil, &KeyError{path, "found " + found + ", expected a public key", "openssl ec -in key.pem -pubout -out key.pub writes that of a private key"}
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	ec, ok := key.(*ecdsa.PublicKey)
	if err == nil && !ok {
		err = fmt.Errorf("found a key of the kind %T, expected one of an elliptic curve", key)
	}
	if err == nil {
		_, err = hashOf(ec)
	}
	if err != nil {
		return nil, &KeyError{path, "not a public key that is taken: " + err.Error(), makeKey}
	}
	return ec, nil
}

var errCurve = errors.New("found another curve, expected P-256, P-384 or P-521")

// hashOf is the hash that goes with a key's curve: of as many bits as the curve has, or
// 512 where it has more.
func hashOf(key *ecdsa.PublicKey) (crypto.Hash, error) {
	switch key.Curve.Params().BitSize {
	case 256:
		return crypto.SHA256, nil
	case 384:
		return crypto.SHA384, nil
	case 521:
		return crypto.SHA512, nil
	}
	return 0, errCurve
}

// hint is by what a signature says which key it is of: the SHA-256 of the public key as a
// PEM file.
func hint(key *ecdsa.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	return hex.EncodeToString(sum[:]), nil
}
