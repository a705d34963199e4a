//go:build !unix

package process

import "os/exec"

// ownGroup does nothing: this system has no process groups as Unix has them.
func ownGroup(*exec.Cmd) {}

// killGroup ends the process itself; processes that it started must end when
// their standard input does.
func killGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil {
		return nil
	}
	_ = cmd.Process.Kill() // fails only when it has ended
	return nil
}
