package dataset

// About is what a corpus says of itself for those who find it, cite it and may use it.
// All of it may be absent. It is a part of the manifest; releases of earlier versions of
// the program have none.
type About struct {
	// TextsLicence is the licence of the articles' texts, an SPDX identifier; "" stands
	// for the terms of their publishers.
	TextsLicence string    `json:"texts_licence,omitempty"`
	Creators     []Creator `json:"creators,omitempty"`
	Homepage     string    `json:"homepage,omitempty"`  // a URL
	Citation     string    `json:"citation,omitempty"`  // as it is to be quoted, for example BibTeX; "" has one made
	Contact      string    `json:"contact,omitempty"`   // an address or a URL
	Published    string    `json:"published,omitempty"` // the date of this version, YYYY-MM-DD
	// Canary is a GUID by which texts that were made of the corpus can be found in
	// collections that models are trained on.
	Canary string `json:"canary,omitempty"`
	// Annotators is who made the labels, one of [AnnotatorKinds]; AnnotatorDetails says
	// it in words.
	Annotators       string    `json:"annotators,omitempty"`
	AnnotatorDetails string    `json:"annotator_details,omitempty"`
	Collection       string    `json:"collection,omitempty"`           // where the texts are from and how they were chosen
	Preprocessing    string    `json:"preprocessing,omitempty"`        // what was done to them before they were labelled
	Uses             string    `json:"uses,omitempty"`                 // what the corpus is for, and what not
	Limits           string    `json:"limits,omitempty"`               // what it cannot show
	Biases           string    `json:"biases,omitempty"`               // what it leans to
	Personal         string    `json:"personal_information,omitempty"` // on persons, and who they are
	Maintenance      string    `json:"maintenance,omitempty"`          // who mends errors, and how
	History          []Edition `json:"history,omitempty"`              // of its versions, the newest first
}

// Creator is a person or an organisation that made a corpus.
type Creator struct {
	Name         string `json:"name"`
	ORCID        string `json:"orcid,omitempty"` // 0000-0000-0000-0000
	Affiliation  string `json:"affiliation,omitempty"`
	URL          string `json:"url,omitempty"`
	Organisation bool   `json:"organisation,omitempty"`
}

// Edition is a version of a corpus.
type Edition struct {
	Version   string `json:"version"`
	Published string `json:"published,omitempty"` // YYYY-MM-DD
	Changes   string `json:"changes"`
}

// AnnotatorKinds are the terms for who made labels, which are those of dataset hubs
// (annotations_creators of a Hugging Face card).
var AnnotatorKinds = []string{"crowdsourced", "expert-generated", "found", "machine-generated", "no-annotation", "other"}
