// Package match finds the best one-to-one matching of gold and predicted items,
// and knows what makes two items count as one.
package match
