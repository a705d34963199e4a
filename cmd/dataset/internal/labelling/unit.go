package labelling

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// addUnit adds the flag that [statedUnit] reads.
func addUnit(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "unit", "", "unit of the offsets, where the file cannot tell: "+strings.Join(slices.Sorted(maps.Keys(units)), ", "))
}

var units = map[string]labels.Unit{"code-points": labels.CodePoints, "utf-16": labels.UTF16Units, "utf-8": labels.UTF8Bytes, "graphemes": labels.Graphemes}

// statedUnit is the unit named, nil for none.
func statedUnit(name string) (*labels.Unit, error) {
	if name == "" {
		return nil, nil
	}
	unit, ok := units[name]
	if !ok {
		return nil, cli.Usage(fmt.Errorf("--unit %q: expected one of %s", name, strings.Join(slices.Sorted(maps.Keys(units)), ", ")), "")
	}
	return &unit, nil
}
