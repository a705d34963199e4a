// Command dataset builds, checks and scores corpora of labelled news articles.
// See `dataset --help`.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/mizan-corpus/mizan/pipeline"
)

// ending are the signals that end a command in good order: what it started is ended
// and what it was writing removed.
var ending = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// endWithin is how long a command has to end in good order. What it leaves after
// that is removed by the next command into the same place.
const endWithin = 900 * time.Millisecond

func main() {
	// nohup has a closed terminal ignored, and it stays so.
	ctx, stop := signal.NotifyContext(context.Background(), slices.DeleteFunc(slices.Clone(ending), signal.Ignored)...)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends what does not listen
		time.Sleep(endWithin)
		fmt.Fprintln(os.Stderr, "dataset: interrupted")
		os.Exit(pipeline.ExitFailed)
	})
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
