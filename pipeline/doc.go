// Package pipeline does what the commands of dataset do, for Go programs: it
// joins a dataset with predictions and makes results of them, builds and checks
// releases, converts and exports labels, runs extractors.
//
// Each function does one command's work. It takes plain options, prints what the
// command prints to [Streams], which may be empty, and returns the result as a
// value. Its errors know the exit code of the command ([ExitCode]) and the next
// step ([Hint]).
//
// A dataset is named by the folder of its release, or handed over open; without
// either it is the embedded corpus. It is opened once a call, and what every
// score of it needs is read once.
package pipeline
