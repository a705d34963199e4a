package signing

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/regular"
)

const (
	bundleType  = "application/vnd.dev.sigstore.bundle.v0.3+json"
	payloadType = "application/vnd.in-toto+json"
)

// bundle is the file of a signature, a Sigstore bundle.
type bundle struct {
	MediaType string       `json:"mediaType"`
	Material  material     `json:"verificationMaterial"`
	Envelope  dsseEnvelope `json:"dsseEnvelope"`
}

type material struct {
	PublicKey   *publicKey        `json:"publicKey,omitempty"`
	TlogEntries []json.RawMessage `json:"tlogEntries"`
}

type publicKey struct {
	Hint string `json:"hint"`
}

type dsseEnvelope struct {
	Payload     []byte          `json:"payload"` // encoding/json writes base64
	PayloadType string          `json:"payloadType"`
	Signatures  []dsseSignature `json:"signatures"`
}

type dsseSignature struct {
	Sig   []byte `json:"sig"`
	KeyID string `json:"keyid"`
}

// encoded is what a signature is over: the type and the payload, each with its length
// (DSSE v1.0, PAE).
func encoded(payload []byte) []byte {
	return fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
}

// Sign signs a folder, or a file, and gives the content of the signature's file. The same
// files and key give the same bytes: the nonce is that of RFC 6979.
func Sign(path string, key *ecdsa.PrivateKey) ([]byte, error) {
	s, err := newStatement(path)
	if err != nil {
		return nil, err
	}
	payload, err := marshal(s)
	if err != nil {
		return nil, err
	}
	hash, err := hashOf(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	h := hash.New()
	h.Write(encoded(payload))
	sig, err := key.Sign(nil, h.Sum(nil), hash)
	if err != nil {
		return nil, err
	}
	of, err := hint(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	b, err := marshal(bundle{bundleType, material{&publicKey{of}, []json.RawMessage{}},
		dsseEnvelope{payload, payloadType, []dsseSignature{{Sig: sig}}}})
	return append(b, '\n'), err
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// maxSignature is the most bytes of a signature's file: about 200,000 files.
const maxSignature = 64 << 20

// Verify holds a folder, or a file, against the signature in a file. The error is for a
// signature that is not one of the key, or cannot be read; the list is how the files
// differ from what was signed, nil where they are those very files. Names of files
// outside of the signature are in the list, unless the signer ignored them.
func Verify(target, signature string, key *ecdsa.PublicKey) ([]string, error) {
	src, err := regular.ReadFile(signature, maxSignature)
	if err != nil {
		return nil, err
	}
	s, err := open(src, key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", signature, err)
	}
	p := &s.Predicate
	single := len(p.Resources) == 1 && p.Resources[0].Name == "."
	found, err := resources(target, p.Serialization.ignores)
	if err != nil {
		return nil, err
	}
	if single != (len(found) == 1 && found[0].Name == ".") {
		return []string{"found a folder and a file, expected the signature of the one or of the other"}, nil
	}
	return differences(found, p.Resources), nil
}

// ignores reports whether the signer passed over a path: one that is named, or lies in a
// folder that is.
func (s *serialization) ignores(name string) bool {
	return slices.ContainsFunc(s.IgnorePaths, func(ignored string) bool {
		ignored = path.Clean(ignored)
		return name == ignored || strings.HasPrefix(name, ignored+"/")
	})
}

// differences tells the files that are not those that were signed.
func differences(found, signed []resource) []string {
	there := map[string]string{}
	for _, r := range found {
		there[r.Name] = r.Digest
	}
	var list []string
	for _, r := range signed {
		switch sum, ok := there[r.Name]; {
		case !ok:
			list = append(list, r.Name+": found no such file, expected the one that was signed")
		case !strings.EqualFold(sum, r.Digest):
			list = append(list, fmt.Sprintf("%s: found SHA-256 %s, expected %s, which was signed", r.Name, sum, r.Digest))
		}
		delete(there, r.Name)
	}
	for _, r := range found {
		if _, more := there[r.Name]; more {
			list = append(list, r.Name+": found a file that was not signed, expected no such file")
		}
	}
	return list
}

// open reads a bundle, checks that its signature is one of the key over the payload, and
// only then reads the payload.
func open(src []byte, key *ecdsa.PublicKey) (*statement, error) {
	var b bundle
	if err := json.Unmarshal(src, &b); err != nil {
		return nil, fmt.Errorf("not a signature: %w", err)
	}
	e := &b.Envelope
	switch {
	case !strings.HasPrefix(b.MediaType, "application/vnd.dev.sigstore.bundle"):
		return nil, fmt.Errorf("mediaType: found %q, expected %s", b.MediaType, bundleType)
	case b.Material.PublicKey == nil:
		return nil, fmt.Errorf("verificationMaterial: found no public key, expected the signature of a key: signatures of certificates and of Sigstore's service are not verified here")
	case e.PayloadType != payloadType:
		return nil, fmt.Errorf("payloadType: found %q, expected %s", e.PayloadType, payloadType)
	case len(e.Signatures) != 1:
		return nil, fmt.Errorf("signatures: found %d, expected one", len(e.Signatures))
	}
	of, err := hint(key)
	if err != nil {
		return nil, err
	}
	if h := b.Material.PublicKey.Hint; h != "" && h != of {
		return nil, &KeyMismatchError{Signed: h, Given: of}
	}
	hash, err := hashOf(key)
	if err != nil {
		return nil, err
	}
	h := hash.New()
	h.Write(encoded(e.Payload))
	if !ecdsa.VerifyASN1(key, h.Sum(nil), e.Signatures[0].Sig) {
		return nil, ErrSignature
	}
	return parseStatement(e.Payload)
}
