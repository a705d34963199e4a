package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
)

// labelKind is what a labelled field of a page says.
type labelKind uint8

const (
	labelSource labelKind = iota + 1 // who published it
	LabelAuthor
	labelDate    // when it was published
	labelUpdated // when it was changed
)

// labelWords are the words before the colon of a labelled field.
var labelWords = func() map[string]labelKind {
	m := map[string]labelKind{}
	for k, list := range map[labelKind][]string{
		labelSource: {"المصدر", "مصدر الخبر", "نقلا عن", "الموقع", "الصحيفة", "source", "publisher", "published by", "outlet"},
		LabelAuthor: {"الكاتب", "الكاتبة", "بقلم", "كتب", "كتبت", "كتبها", "كتبه", "المحرر", "إعداد", "تحرير", "المؤلف", "مراسل", "by", "author", "authors", "written by", "reporter", "reported by", "words by", "auteur", "par", "autor", "autorin", "autora", "autore", "a cura di", "von", "por", "yazan", "автор", "авторы", "نویسنده", "به قلم", "מאת"},
		labelDate: {"تاريخ النشر", "نشر في", "نشر بتاريخ", "تاريخ", "التاريخ", "نشر", "أضيف بتاريخ", "تاريخ الإضافة", "نشرت في", "published", "published on", "posted", "posted on", "date", "publication date", "first published", "publié le",
			"yayınlanma", "yayınlanma tarihi", "yayın tarihi", "yayınlandı", "veröffentlicht", "veröffentlicht am", "erstveröffentlichung", "erschienen am", "publicado", "publicada", "publicado el", "publicado a", "publicación", "fecha de publicación", "publicada em", "publicação", "publicado em", "pubblicato", "pubblicato il", "pubblicazione", "data di pubblicazione", "data de publicação", "gepubliceerd", "gepubliceerd op", "oluşturulma tarihi", "זמן פרסום", "פורסם בתאריך",
			"опубликовано", "дата публикации", "انتشار", "تاریخ انتشار", "زمان انتشار", "منتشر شده", "פורסם", "פורסם ב", "תאריך פרסום", "תאריך"},
		labelUpdated: {"آخر تحديث", "تحديث", "تم التحديث", "تاريخ التحديث", "updated", "last updated", "modified", "last modified", "mis à jour le",
			"güncelleme", "güncelleme tarihi", "son güncelleme", "güncellendi", "aktualisiert", "aktualisiert am", "zuletzt aktualisiert", "actualizado", "actualizada", "actualizado el", "actualizado a", "última actualización", "aggiornato", "aggiornato il", "aggiornamento", "ultimo aggiornamento", "atualizado", "atualizada", "atualizado em", "atualizada em", "atualização", "última atualização", "bijgewerkt", "bijgewerkt op", "laatste update",
			"обновлено", "дата обновления", "последнее обновление", "به روزرسانی", "به\u200cروزرسانی", "بروزرسانی", "آخرین به\u200cروزرسانی", "עודכן", "עודכן ב", "עודכן לאחרונה", "עדכון אחרון"},
	} {
		for _, w := range list {
			m[fold.Phrase(w)] = k
		}
	}
	return m
}()

// maxLabelLine is the most words of a line that is read as labelled fields.
const maxLabelLine = 20

// MaxName is the most words of an outlet's or author's name, and of the first
// value of a line of labelled fields.
const MaxName = 8

// labelled is one field of a page.
type labelled struct {
	Kind  labelKind
	Value string // as printed, trimmed
}

// Labels reads a line such as "المصدر: شبكة شام الكاتب: فريق التحرير" or
// "By Jane Doe". It gives nothing unless the line begins with a label, so that
// a sentence that quotes a source is not taken apart.
func Labels(line string) []labelled {
	s := strings.TrimLeftFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(s) > 600 || len(strings.Fields(s)) > maxLabelLine {
		return nil
	}
	var out []labelled
	rest := s
	for {
		head, tail, ok := cutColon(rest)
		if !ok {
			break
		}
		words := strings.Fields(head)
		kind, n := lastLabel(words)
		if kind == 0 || len(out) == 0 && n != len(words) {
			break
		}
		if len(out) > 0 {
			out[len(out)-1].Value = trimValue(strings.Join(words[:len(words)-n], " "))
		}
		out = append(out, labelled{Kind: kind, Value: trimValue(tail)})
		rest = tail
	}
	// A headline may open with "Source:", too; a name is short.
	if len(out) > 0 && len(strings.Fields(out[0].Value)) <= MaxName && !strings.ContainsAny(out[0].Value, "?؟!") {
		return out
	}
	return byline(s)
}

// cutColon cuts at the first colon that is not inside a time such as 10:30.
func cutColon(s string) (head, tail string, ok bool) {
	for i, r := range s {
		if r != ':' && r != '：' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		tail := s[i+utf8.RuneLen(r):]
		after, _ := utf8.DecodeRuneInString(tail)
		if fold.DigitOf(before) >= 0 && fold.DigitOf(after) >= 0 {
			continue
		}
		return s[:i], tail, true
	}
	return "", "", false
}

// lastLabel is the label that the last one to three words are, and how many.
func lastLabel(words []string) (labelKind, int) {
	for n := min(3, len(words)); n > 0; n-- {
		if k, ok := labelWords[fold.Phrase(strings.Join(words[len(words)-n:], " "))]; ok {
			return k, n
		}
	}
	return 0, 0
}

// TellsDate reports whether a line has a field that says when the article was
// published or changed.
func TellsDate(line string) bool {
	_, rank, ok := dateOf(line)
	return ok && rank != plainDate
}

// Ranks of a date, the highest is taken.
const (
	updatedDate = iota + 1
	plainDate
	publishedDate
)

// dateOf is the date of a line that is labelled as that of publication, else one
// without a label, else that of a change, and its rank.
func dateOf(line string) (d dates.Date, rank int, ok bool) {
	if d, ok = dayIn(line); !ok {
		return d, 0, false
	}
	rank = plainDate
	for _, f := range Labels(line) {
		of, ok := dayIn(f.Value)
		switch {
		case f.Kind == labelDate && rank < publishedDate:
			if rank = publishedDate; ok {
				d = of
			}
		case f.Kind == labelUpdated && rank < publishedDate:
			rank = updatedDate
		}
	}
	if rank == publishedDate {
		return d, rank, true
	}
	// Without a colon, or the first label at fault: the words before each date.
	best := 0
	for rest := line; ; {
		of, found := dates.Find(rest)
		if !found {
			break
		}
		is := rank
		switch kind, _ := lastLabel(strings.Fields(rest[:of.Start])); kind {
		case labelDate:
			is = publishedDate
		case labelUpdated:
			is = updatedDate
		}
		if is > best || is == best && d.Hijri && of.ISO != "" {
			d, best = of, is
		}
		rest = rest[of.End:]
	}
	return d, best, true
}

// dayIn is the first date of a line; the Gregorian one behind it, where a Hijri
// one is first: 1 شوال 1437هـ الموافق 5 يوليو 2016م.
func dayIn(line string) (d dates.Date, ok bool) {
	d, ok = dates.Find(line)
	for rest := d; ok && rest.Hijri; {
		of, more := dates.Find(line[rest.End:])
		if !more {
			break
		}
		of.Start, of.End = of.Start+rest.End, of.End+rest.End
		if rest = of; of.ISO != "" {
			return of, true
		}
	}
	return d, ok
}

// trimValue removes white space and marks around a field's value.
func trimValue(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|-–—•,،؛/:*", r) })
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}
