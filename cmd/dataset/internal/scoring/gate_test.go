package scoring

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

func TestEveryKeyOfAConfigurationIsAFlag(t *testing.T) {
	flags := NewGate(&cli.App{}).Flags()
	own := []string{"predictions", "extractor", "ontology", "jobs", "timeout", "startup", "retries", "min", "max_drop"}
	for _, key := range pipeline.ConfigKeys() {
		if flags.Lookup(strings.ReplaceAll(key, "_", "-")) == nil && !strings.Contains(strings.Join(own, " "), key) {
			t.Errorf("%s is neither a flag nor a key of its own", key)
		}
	}
}
