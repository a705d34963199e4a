package release

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
)

type cardFrontMatter struct {
	Configs []struct {
		Name      string `yaml:"config_name"`
		DataFiles []struct{ Split, Path string }
	}
	DatasetInfo []struct {
		Name     string `yaml:"config_name"`
		Features []struct{ Name, Dtype string }
	} `yaml:"dataset_info"`
}

func frontMatterOf(t *testing.T, dir string) cardFrontMatter {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(string(b), "---\n", 3)
	if len(parts) != 3 || parts[0] != "" {
		t.Fatalf("no front matter in %.100q", b)
	}
	var c cardFrontMatter
	if err := yaml.Unmarshal([]byte(parts[1]), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// The card's front matter is YAML with a configuration and features for each
// table that has rows, and for no other.
func TestCardFeatures(t *testing.T) {
	for name, s := range map[string]datatest.Synthetic{"full": {Size: 4, WithPasses: true}, "without passes": {Size: 4}} {
		c := frontMatterOf(t, datatest.Built(t, Build, s, BuildOptions{}))
		var configs, infos []string
		for _, x := range c.Configs {
			configs = append(configs, x.Name)
		}
		for _, x := range c.DatasetInfo {
			infos = append(infos, x.Name)
			var columns, features []string
			for _, column := range field.TableByName(x.Name).Columns {
				columns = append(columns, column.Name)
			}
			for _, f := range x.Features {
				features = append(features, f.Name)
			}
			if !slices.Equal(columns, features) {
				t.Errorf("%s: features %v of %s, expected %v", name, features, x.Name, columns)
			}
		}
		want := dataset.Tables
		if !s.WithPasses {
			want = dataset.Tables[:5]
		}
		if !slices.Equal(configs, want) || !slices.Equal(infos, want) {
			t.Errorf("%s: configurations %v, features of %v, expected %v", name, configs, infos, want)
		}
	}
}

// A table without rows has no configuration: clients refuse to load one.
func TestCardLeavesOutEmptyTables(t *testing.T) {
	unlabelled := corpus.New(dataset.Meta{Name: "unlabelled"}, datatest.Synthetic{Size: 2}.Articles, labels.Source{})
	dir := filepath.Join(t.TempDir(), "release")
	if _, err := Build(t.Context(), dir, unlabelled, BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	c := frontMatterOf(t, dir)
	if len(c.Configs) != 1 || c.Configs[0].Name != dataset.TableArticles || len(c.DatasetInfo) != 1 {
		t.Errorf("configurations %+v, features %+v, expected those of articles", c.Configs, c.DatasetInfo)
	}
}
