// Package analysis says where predictions go wrong: every label beside its
// counterpart, errors by kind, the confusion of classes, and what confidences
// are worth.
package analysis
