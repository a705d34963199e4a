// Command dist makes what is given to users: the binary for every platform, in wheels for
// pip and in archives, with their hashes. The same source and version of Go give the same
// bytes, on any machine and at any time.
//
//	go run ./internal/dist -o dist [-kinds wheels,archives] [-platforms linux/amd64,…]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// platform is a system and a processor, with the tags that wheels for it have.
type platform struct{ system, processor, tags string }

// The binary needs no C library, so that one wheel serves glibc and musl. macOS 12 is the
// least that Go 1.26 runs on.
var platforms = []platform{
	{"linux", "amd64", "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64"},
	{"linux", "arm64", "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64"},
	{"darwin", "amd64", "macosx_12_0_x86_64"},
	{"darwin", "arm64", "macosx_12_0_arm64"},
	{"windows", "amd64", "win_amd64"},
	{"windows", "arm64", "win_arm64"},
}

func (p platform) String() string { return p.system + "/" + p.processor }

// binary is the name of the command on the platform.
func (p platform) binary() string {
	if p.system == "windows" {
		return "dataset.exe"
	}
	return "dataset"
}

func run(args []string) error {
	fl := flag.NewFlagSet("dist", flag.ContinueOnError)
	out := fl.String("o", "dist", "folder for what is made")
	kinds := fl.String("kinds", "wheels,archives", "what to make")
	only := fl.String("platforms", "", "some platforms, SYSTEM/PROCESSOR (default: all)")
	if err := fl.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	makers := map[string]func(platform, []byte) (string, []byte, error){"wheels": wheel, "archives": archive}
	for kind := range strings.SplitSeq(*kinds, ",") {
		if makers[kind] == nil {
			return fmt.Errorf("-kinds: found %q, expected wheels or archives", kind)
		}
	}
	if err := os.MkdirAll(*out, 0o777); err != nil {
		return err
	}
	var sums []string
	for _, p := range chosen {
		binary, err := compile(p)
		if err != nil {
			return err
		}
		for kind := range strings.SplitSeq(*kinds, ",") {
			name, content, err := makers[kind](p, binary)
			if err != nil {
				return fmt.Errorf("%v: %w", p, err)
			}
			if err := os.WriteFile(filepath.Join(*out, name), content, 0o666); err != nil {
				return err
			}
			sums = append(sums, fmt.Sprintf("%s  %s\n", hexSum(content), name))
			fmt.Printf("%s  %d bytes\n", filepath.Join(*out, name), len(content))
		}
	}
	slices.SortFunc(sums, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	return os.WriteFile(filepath.Join(*out, "SHA256SUMS"), []byte(strings.Join(sums, "")), 0o666)
}

func choose(only string) ([]platform, error) {
	if only == "" {
		return platforms, nil
	}
	var chosen []platform
	for name := range strings.SplitSeq(only, ",") {
		i := slices.IndexFunc(platforms, func(p platform) bool { return p.String() == name })
		if i < 0 {
			return nil, fmt.Errorf("-platforms: found %q, expected some of %v", name, platforms)
		}
		chosen = append(chosen, platforms[i])
	}
	return chosen, nil
}

// compile builds the command without C, paths, symbols, build id and state of the
// repository, which differ from one machine to the next.
func compile(p platform) ([]byte, error) {
	dir, err := os.MkdirTemp("", "dist-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, p.binary())
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", path, "./cmd/dataset")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.system, "GOARCH="+p.processor, "GOFLAGS=-mod=readonly", "GOAMD64=v1", "GOARM64=v8.0")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%v: go build: %w", p, err)
	}
	return os.ReadFile(path)
}

// version is that of the tool.
const version = schema.ToolVersion
