//go:build unix && !linux

package main

const parentDeathIsKnown = false

func isZombie(int) bool { return false }
