# Mizan. `make help` lists the targets.

GO      ?= go
FUZZTIME ?= 5s
# How long the tests of one package may take; go's own ten minutes are few on a busy machine.
TIMEOUT ?= 60m
BIN     := bin/dataset

# Versions of the tools that lint runs; go run fetches them.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0

.PHONY: help run test race lint bench coverage placement fuzz soak wheels dist interop interop-newest interop-editors conformance column reproducible release build clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

build: ## compile bin/dataset
	$(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/dataset

run: build ## the main job: build the corpus, run the baselines, score and compare them
	$(BIN) demo

test: ## all tests
	$(GO) test -timeout $(TIMEOUT) ./...

race: ## all tests under the race detector
	$(GO) test -timeout $(TIMEOUT) -race ./...

lint: ## gofmt, go vet, staticcheck, govulncheck
	@unformatted="$$(gofmt -l .)"; if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	./scripts/govulncheck.sh $(GOVULNCHECK)

bench: ## the benchmarks, ours beside the peers' where Python is there
	./scripts/bench.sh

coverage: ## how often intervals hold the truth, by simulation: the table of docs/compare.md (a quarter of an hour)
	$(GO) run ./internal/eval/coverage

placement: ## how the words of answers land in texts: the table of docs/extractors.md
	$(GO) run ./pipeline/internal/placements

fuzz: ## every fuzz target for FUZZTIME (default 5s)
	@./scripts/fuzz.sh $(FUZZTIME)

soak: ## flipped bits, kills and every fuzz target for FUZZTIME: the promises of docs/reliability.md (hours)
	./scripts/soak.sh $(FUZZTIME)

conformance: ## the metrics against other scorers' cases, in the folder DATASET_CONFORMANCE
	$(GO) test -count=1 ./internal/eval/...

column: ## a column added by an overlay reaches everything that should know it
	./scripts/add_column.sh

reproducible: build ## building the release twice gives the same bytes
	./scripts/reproducible.sh $(BIN)

release: build ## write data/releases/VERSION anew from the corpus
	$(BIN) build --replace -o data/releases/$$($(BIN) info --json | sed -n 's/.*"version": "\(.*\)",/\1/p' | head -1)

wheels: ## wheels for pip, with the binary, for every platform: dist/*.whl
	$(GO) run ./internal/dist -o dist -kinds wheels

dist: ## wheels and archives of the binary for every platform, with SHA256SUMS
	$(GO) run ./internal/dist -o dist

interop-newest: build ## the same clients at their newest versions: a table of what broke
	./scripts/interop_newest.sh $(BIN)

interop: build ## Python and Node clients read the release
	./scripts/interop.sh $(BIN)

interop-editors: build ## the real editors open our exports in Chromium; slow
	./scripts/interop_editors.sh $(BIN)

clean: ## remove what the targets made
	rm -rf bin dist mizan-demo .venv .venv-editors node_modules
