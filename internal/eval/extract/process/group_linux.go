package process

import "syscall"

// endWithParent has the kernel end the process when this one ends, however it ends.
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
