package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/pipeline/internal/config"
)

func TestEveryKeyHasAPlace(t *testing.T) {
	places := (&gateJob{}).places()
	for _, key := range config.Keys() {
		if _, ok := places[key]; !ok && key != "min" && key != "max_drop" {
			t.Errorf("%s is set nowhere", key)
		}
	}
	for key := range places {
		if !slices.Contains(config.Keys(), key) {
			t.Errorf("%s cannot stand in a file", key)
		}
	}
}

// A list of the file takes the place of the one that was there; what is given
// stays as it is, and of one figure the condition that was given.
func TestConfigure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mizan.yaml")
	src := `metrics: ["mentions.strict,mentions.exact", events.trigger]
where: ["type=PER", "outlet='a,b'"]
seed: 0x10
level: 0.9
iou: 50
significant: true
alpha: 0.1
resamples: 7
min:
  mentions.strict.f1: 0.5
  mentions.exact.f1: 0.25
`
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	opt := GateDefaults()
	opt.Config, opt.Evaluation.Metrics = file, []string{"actors"}
	opt.Given = func(key string) bool { return key == "alpha" || key == "resamples" }
	given, err := parseConditions([]string{"mentions.strict.f1=0.8"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	j := gateJob{GateOptions: opt, conditions: given}
	if err := j.configure(); err != nil {
		t.Fatal(err)
	}
	e := j.Evaluation
	if got := strings.Join(append(e.Metrics, e.Where...), "|"); got != "mentions.strict|mentions.exact|events.trigger|type=PER|outlet='a,b'" {
		t.Errorf("lists are %s", got)
	}
	if e.Seed != 16 || e.Level != 0.9 || j.IoU != 50 || !j.Judging.Significant || j.Judging.Alpha != 0.05 || e.Resamples != 1000 {
		t.Errorf("settings are %+v, %+v", e, j.Judging)
	}
	if len(j.conditions) != 2 || j.conditions[0].Key() != given[0].Key() || j.conditions[1].Metric != "mentions.exact" {
		t.Errorf("conditions are %+v", j.conditions)
	}
}

func TestConfigureSaysWhatIsWrong(t *testing.T) {
	for src, want := range map[string]string{
		"alpha: x\n":        `:1: alpha: invalid argument "x" for "--alpha" flag: strconv.ParseFloat: parsing "x": invalid syntax`,
		"seed: -1\n":        `for "--seed" flag: strconv.ParseUint`,
		"iou: 1.5\n":        `for "--iou" flag: strconv.ParseInt`,
		"significant: 7\n":  `for "--significant" flag: strconv.ParseBool`,
		"metrics: 'a\"b'\n": `for "--metrics" flag: parse error`,
	} {
		file := filepath.Join(t.TempDir(), "mizan.yaml")
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		j := gateJob{GateOptions: GateOptions{Config: file}}
		err := j.configure()
		if err == nil || !strings.Contains(err.Error(), want) || ExitCode(err) != ExitUsage {
			t.Errorf("%q: error %v, expected %s", src, err, want)
		}
	}
}
