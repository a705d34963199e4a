// Package atomicfile is what makes files and folders appear whole or not at
// all, whatever moment the process is killed at: a lock that ends with the
// process, an exchange of two folders in one step, and content and names that
// are on disk before anything relies on them.
package atomicfile
