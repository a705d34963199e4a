// Package openai asks language models behind the chat interface of OpenAI, under
// the scheme openai:. It registers itself.
package openai
