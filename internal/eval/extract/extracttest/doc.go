// Package extracttest is what the tests of the transports share.
package extracttest
