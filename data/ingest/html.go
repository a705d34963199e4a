package ingest

// Page is an HTML page and what is known of it besides its bytes.
type Page struct {
	File        string // as messages name it; the base name is the article's source file
	DocID       string
	URL         string // where it was fetched from; "" when not known
	ContentType string // as the server gave it; "" when not known
}

// ReadHTML is being written.
func ReadHTML(p Page, raw []byte) (*Document, error) { return nil, ErrNoText }
