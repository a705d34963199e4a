// Package service speaks to extractors that are HTTP services, under the schemes
// http: and https:. It registers itself.
package service
