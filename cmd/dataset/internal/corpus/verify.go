package corpus

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewVerify makes the command that checks a release.
func NewVerify(a *cli.App) *cobra.Command {
	var asJSON bool
	var key, signature string
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check a release against its manifest and the label rules",
		Long: `Verify recomputes everything that a release says of itself: hashes, sizes, rows,
column types, sort order, content hashes; that every surface is text[start:end];
that every reference between tables resolves; and the label rules. Each
violation is one line. Violations give exit code 3.

None of this says who made the release. With --key its signature is checked first, of
dataset sign or of model_signing sign key; a file that is no release, such as a stored
result, is held against its signature alone.`,
		Example: `  dataset verify release
  dataset verify release --key key.pub
  dataset verify result.json --key key.pub --signature result.sig`,
		Args: cli.ExactArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			if signature != "" && key == "" {
				return cli.Usage(errors.New("--signature needs --key"), "dataset verify --help")
			}
			if key != "" {
				if err := pipeline.VerifySignature(a.Streams, args[0], key, signature); err != nil {
					return err
				}
				if info, err := os.Stat(args[0]); err == nil && !info.IsDir() {
					return nil
				}
			}
			_, err := pipeline.Verify(a.Streams, args[0], asJSON)
			return err
		},
	}
	c.Flags().StringVar(&key, "key", "", "PEM file with the public key of who signed")
	c.Flags().StringVar(&signature, "signature", "", "file of the signature (default: DIR.sig)")
	c.Flags().BoolVar(&asJSON, "json", false, "print the violations as JSON")
	return c
}
