package signing

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func newKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// folder makes a folder with files of that content.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "release")
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func signed(t *testing.T, path string, key *ecdsa.PrivateKey) string {
	t.Helper()
	b, err := Sign(path, key)
	if err != nil {
		t.Fatal(err)
	}
	return written(t, b)
}

func written(t *testing.T, b []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sig")
	if err := os.WriteFile(file, b, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

var files = map[string]string{"manifest.json": "{}", "data/a/x": "1", "data/a-b/x": "2", "b": ""}

// What was signed verifies, of every curve, and the same files give the same signature.
func TestSignAndVerify(t *testing.T) {
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		key := newKey(t, curve)
		dir := folder(t, files)
		a, errA := Sign(dir, key)
		b, errB := Sign(dir, key)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("two signatures differ: %v, %v", errA, errB)
		}
		for _, target := range []string{dir, filepath.Join(dir, "b")} {
			if list, err := Verify(target, signed(t, target, key), &key.PublicKey); err != nil || list != nil {
				t.Errorf("%s: %v, %v", target, list, err)
			}
		}
		_, err := Verify(dir, written(t, a), &newKey(t, curve).PublicKey)
		if other := (*KeyMismatchError)(nil); !errors.As(err, &other) {
			t.Errorf("another key: %v", err)
		}
	}
	if _, err := hashOf(&newKey(t, elliptic.P224()).PublicKey); err == nil {
		t.Error("P-224 was taken")
	}
}

// Whatever becomes of the files is told by name.
func TestFilesThatAreNotThose(t *testing.T) {
	key := newKey(t, elliptic.P256())
	for name, tc := range map[string]struct {
		change func(dir string) error
		want   string
	}{
		"changed": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "b"), []byte("x"), 0o666) }, "b: found SHA-256"},
		"gone":    {func(dir string) error { return os.Remove(filepath.Join(dir, "data/a/x")) }, "data/a/x: found no such file"},
		"more":    {func(dir string) error { return os.WriteFile(filepath.Join(dir, "c"), nil, 0o666) }, "c: found a file that was not signed"},
		"hidden":  {func(dir string) error { return os.WriteFile(filepath.Join(dir, ".git"), nil, 0o666) }, ".git: found a file that was not signed"},
		"swapped": {func(dir string) error {
			return os.Rename(filepath.Join(dir, "data/a/x"), filepath.Join(dir, "data/a-b/x"))
		}, "data/a-b/x: found SHA-256"},
	} {
		dir := folder(t, files)
		sig := signed(t, dir, key)
		if err := tc.change(dir); err != nil {
			t.Fatal(err)
		}
		list, err := Verify(dir, sig, &key.PublicKey)
		if err != nil || !slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, tc.want) }) {
			t.Errorf("%s: %q, %v, expected %q", name, list, err, tc.want)
		}
	}
	dir := folder(t, files)
	sig := signed(t, dir, key)
	if list, err := Verify(filepath.Join(dir, "b"), sig, &key.PublicKey); err != nil || len(list) != 1 {
		t.Errorf("a file under the signature of a folder: %v, %v", list, err)
	}
	if err := os.Symlink("b", filepath.Join(dir, "link")); err == nil {
		if _, err := Verify(dir, sig, &key.PublicKey); err == nil || !strings.Contains(err.Error(), "link: found a link") {
			t.Errorf("a link: %v", err)
		}
	}
}

// No flipped bit of a payload or of a signature goes unseen, and none makes a panic.
func TestFlippedBits(t *testing.T) {
	key := newKey(t, elliptic.P256())
	dir := folder(t, files)
	sig, err := Sign(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	var b bundle
	if err := json.Unmarshal(sig, &b); err != nil {
		t.Fatal(err)
	}
	for _, part := range [][]byte{b.Envelope.Payload, b.Envelope.Signatures[0].Sig} {
		for i := range part {
			for bit := range 8 {
				part[i] ^= 1 << bit
				src, err := marshal(b)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := open(src, &key.PublicKey); !errors.Is(err, ErrSignature) {
					t.Fatalf("byte %d, bit %d: %v", i, bit, err)
				}
				part[i] ^= 1 << bit
			}
		}
	}
	for i := range sig {
		for bit := range 8 {
			sig[i] ^= 1 << bit
			if s, err := open(sig, &key.PublicKey); err == nil && len(s.Predicate.Resources) != len(files) {
				t.Errorf("byte %d, bit %d: %+v", i, bit, s)
			}
			sig[i] ^= 1 << bit
		}
	}
}

// resign is a bundle of another statement, with a signature that holds.
func resign(t *testing.T, key *ecdsa.PrivateKey, payload string) []byte {
	t.Helper()
	h, err := hashOf(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	sum := h.New()
	sum.Write(encoded([]byte(payload)))
	sig, err := key.Sign(nil, sum.Sum(nil), h)
	if err != nil {
		t.Fatal(err)
	}
	of, err := hint(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	b, err := marshal(bundle{bundleType, material{&publicKey{of}, nil}, dsseEnvelope{[]byte(payload), payloadType, []dsseSignature{{Sig: sig}}}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A statement that is signed and makes no sense is refused with the reason. The hash
// e3b0c442… is SHA-256 of nothing; 5df6e0e2… is SHA-256 of its 32 bytes.
func TestStatements(t *testing.T) {
	const nothing, root = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456"
	key := newKey(t, elliptic.P256())
	statement := func(name, sum, method string) string {
		return `{"_type":"` + statementType + `","subject":[{"name":"x","digest":{"sha256":"` + sum + `"}}],"predicateType":"` + predicateType +
			`","predicate":{"resources":[{"name":"` + name + `","algorithm":"sha256","digest":"` + nothing + `"}],"serialization":{"method":"` + method + `","hash_type":"sha256"}}}`
	}
	if _, err := open(resign(t, key, statement("b", root, "files")), &key.PublicKey); err != nil {
		t.Fatal(err)
	}
	for payload, want := range map[string]string{
		"{":                                 "unexpected end of JSON input",
		"{}":                                "_type: found",
		statement("b", nothing, "files"):    "the files' hashes give " + root,
		statement("../b", root, "files"):    "resources: found \"../b\"",
		statement("/b", root, "files"):      "resources: found \"/b\"",
		statement("b", root, "shards"):      "serialization: found the method \"shards\"",
		`{"_type":"` + statementType + `"}`: "predicateType: found",
	} {
		if _, err := open(resign(t, key, payload), &key.PublicKey); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, expected %q", payload, err, want)
		}
	}
	for src, want := range map[string]string{
		"x":                                  "not a signature",
		"{}":                                 "mediaType: found",
		`{"mediaType":"` + bundleType + `"}`: "found no public key",
		`{"mediaType":"` + bundleType + `","verificationMaterial":{"publicKey":{}}}`:                   "payloadType: found",
		`{"mediaType":"` + bundleType + `","verificationMaterial":{"publicKey":{}},"dsseEnvelope":[]}`: "not a signature",
	} {
		if _, err := open([]byte(src), &key.PublicKey); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, expected %q", src, err, want)
		}
	}
}

// Keys are read in both forms that openssl writes, and what is none says what it is.
func TestKeys(t *testing.T) {
	key := newKey(t, elliptic.P256())
	sec1, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file := func(typ string, der []byte) string {
		return written(t, pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: der}))
	}
	parameters := pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: []byte{6, 8, 42}})
	for _, path := range []string{file("EC PRIVATE KEY", sec1), file("PRIVATE KEY", pkcs8), written(t, append(parameters, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: sec1})...))} {
		if got, err := ReadPrivateKey(path); err != nil || !got.Equal(key) {
			t.Errorf("%v", err)
		}
	}
	for want, path := range map[string]string{
		"found no PEM block":     written(t, []byte("secret")),
		"found an encrypted key": file("ENCRYPTED PRIVATE KEY", nil),
		"not a readable":         file("PRIVATE KEY", []byte{1}),
		`found a "PUBLIC KEY"`:   file("PUBLIC KEY", nil),
	} {
		_, err := ReadPrivateKey(path)
		if bad := (*KeyError)(nil); !errors.As(err, &bad) || !strings.Contains(err.Error(), want) || bad.Hint() == "" {
			t.Errorf("%v, expected %q", err, want)
		}
	}
	if _, err := ReadPublicKey(file("EC PRIVATE KEY", sec1)); err == nil || !strings.Contains(err.Error(), "expected a public key") {
		t.Errorf("%v", err)
	}
	if _, err := ReadPublicKey(file("PUBLIC KEY", []byte{1})); err == nil || !strings.Contains(err.Error(), "not a public key") {
		t.Errorf("%v", err)
	}
}
