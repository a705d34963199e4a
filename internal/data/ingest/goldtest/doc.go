// Package goldtest gives tests the hand-verified articles of a folder.
package goldtest
