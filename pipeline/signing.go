package pipeline

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/signing"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// signatureFile is where the signature of a release or of a file stands unless another
// place is named: beside it, for a release holds no file more.
func signatureFile(path string) string { return filepath.Clean(path) + ".sig" }

// Sign signs a release, any other folder or a file, such as a stored result, with the
// private key in a file: every file with its hash, in the format of OpenSSF Model Signing
// v1.0. The signature is written to output, "" for PATH.sig. The same files and key
// give the same bytes.
func Sign(s Streams, path, key, output string) error {
	if key == "" {
		return exit.Usage(errors.New("--key is needed: a file with a private key"), "dataset sign --help")
	}
	private, err := signing.ReadPrivateKey(key)
	if err != nil {
		return err
	}
	signature, err := signing.Sign(path, private)
	if err != nil {
		return err
	}
	if output == "" {
		output = signatureFile(path)
	}
	err = labels.FileOutput(output).WriteFile("", func(w io.Writer) error {
		_, err := w.Write(signature)
		return err
	})
	if err == nil {
		_, err = fmt.Fprintf(s.out(), "%s: signed in %s\n", path, output)
	}
	return err
}

// VerifySignature holds a release, folder or file against its signature in a file, ""
// for PATH.sig, by the public key in a file. [ExitCheck] is for a signature that
// does not hold, and for files that are not those that were signed.
func VerifySignature(s Streams, path, key, signature string) error {
	public, err := signing.ReadPublicKey(key)
	if err != nil {
		return err
	}
	if signature == "" {
		signature = signatureFile(path)
	}
	differences, err := signing.Verify(path, signature, public)
	other := (*signing.KeyMismatchError)(nil)
	switch {
	case errors.Is(err, signing.ErrSignature), errors.As(err, &other):
		return exit.Check(err, "")
	case err != nil:
		return err
	case len(differences) > 0:
		for _, d := range differences {
			fmt.Fprintln(s.out(), d)
		}
		return exit.Check(fmt.Errorf("%s: %s from what was signed in %s", path, wording.Count(len(differences), "difference"), signature), "")
	}
	s.say("%s: the files are those that the key of %s signed in %s", path, key, signature)
	return nil
}
