package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewSign makes the command that signs a release or a file.
func NewSign(a *cli.App) *cobra.Command {
	var key, output string
	c := &cobra.Command{
		Use:   "sign PATH --key FILE",
		Short: "Sign a release, or a file such as a stored result",
		Long: `Sign writes a signature over every file of a release, of any other folder or of one
file, beside it unless -o says where. The format is that of OpenSSF Model Signing v1.0,
which model_signing verify key reads too; nothing asks a network. The key is an elliptic
curve key (P-256, P-384, P-521) in a PEM file without a password:

  openssl ecparam -name prime256v1 -genkey -noout -out key.pem
  openssl ec -in key.pem -pubout -out key.pub`,
		Example: `  dataset sign release --key key.pem
  dataset verify release --key key.pub
  dataset sign result.json --key key.pem -o result.sig`,
		Args: cli.ExactArgs(1, "a release, a folder or a file"),
		RunE: func(_ *cobra.Command, args []string) error {
			return pipeline.Sign(a.Streams, args[0], key, output)
		},
	}
	c.Flags().StringVar(&key, "key", "", "PEM file with the private key")
	c.Flags().StringVarP(&output, "output", "o", "", "file of the signature (default: PATH.sig)")
	return c
}
