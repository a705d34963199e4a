package page

import (
	"strings"

	"golang.org/x/net/html"
)

// region says which elements a line stands in.
type region uint16

const (
	inHeading region = 1 << iota
	inH1
	inList
	inCaption
	inFurniture // nav, aside, footer and the like
	inArticle
	inHidden
	inNamed // of a class or id that names furniture
	inTable
	inFigure
	inBox   // a box among the paragraphs
	inFacts // what belongs to the article wherever it stands: a box of facts, a verse
)

var furnitureRoles = nameSet("navigation complementary contentinfo menu menubar dialog alertdialog search toolbar")

// regionOf says what an element makes of the lines inside it.
func regionOf(n *html.Node) region {
	var r region
	switch n.Data {
	case "h1":
		r = inHeading | inH1
	case "h2", "h3", "h4", "h5", "h6":
		r = inHeading
	case "li", "dt", "dd":
		r = inList
	case "figcaption":
		r = inCaption
	case "figure":
		r = inFigure
	case "table":
		r = inTable
	case "nav", "aside", "footer", "dialog":
		r = inFurniture
	case "article", "main":
		r = inArticle
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
			if n.Data != "body" && n.Data != "article" && n.Data != "main" && !headings[n.Data] && furnitureClass(a.Val) {
				r |= inNamed
			}
		case "role":
			if furnitureRoles[a.Val] {
				r |= inFurniture
			}
		case "hidden":
			if a.Val != "until-found" {
				r |= inHidden
			}
		case "aria-hidden":
			if a.Val == "true" {
				r |= inHidden
			}
		case "style":
			if s := strings.ToLower(strings.Join(strings.Fields(a.Val), "")); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				r |= inHidden
			}
		}
	}
	return r
}

// furnitureNames are words of class names and ids that sites give to what
// stands around an article.
var furnitureNames = nameSet(`share shares sharing sharebar social socials sharedaddy addtoany related relatedposts recommended recommendations
	comment comments commentlist kommentare comentarios commentaires disqus respond caption newsletter subscribe subscription signup advert advertisement ads promo sponsored outbrain taboola
	breadcrumb breadcrumbs pagination pager tags taglist tagcloud byline bio authorbox authorbio sidebar widget navigation navbar menu footer
	cookie cookies consent onetrust gdpr popup modal print toolbar rating teaser teasers mostread readmore recirc disclaimer`)

// ofBuilder is a class of everything that the page builder Elementor makes, articles
// among it, which has a word of furniture in it.
const ofBuilder = "elementor-widget"

// furnitureClass reports whether a class attribute or id has such a word, by
// itself or as a part between hyphens and underscores.
func furnitureClass(s string) bool {
	return isNamed(strings.ReplaceAll(s, ofBuilder, "elementor"), furnitureNames)
}

func isNamed(s string, names map[string]bool) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '\n' || r == '\t' }) {
		if names[strings.ToLower(w)] {
			return true
		}
	}
	return false
}
