package boilerplate

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// Class is what a line of a page is.
type Class uint8

const (
	ClassText    Class = iota // may belong to the article
	classBlank                // white space only
	ClassChrome               // navigation, sharing, counts, rules, notices
	classRelated              // heads a list of other articles
	ClassEnd                  // heads the comments: the article is over
	ClassNotice               // copyright, credit, disclaimer: a line of the footer, or of a picture
	ClassCaption              // a picture's caption or credit
	ClassMeta                 // date, byline, source
)

// Phrases that news sites print around an article, Arabic, English and
// French. They are compared after Phrase. Where a phrase is common as a
// part of sentences it stands in wholeLine only.

// wholeLine lists lines that are nothing but the phrase, numbers aside.
var wholeLine = phraseSet(map[Class][]string{
	ClassChrome: {
		"الرئيسية", "الصفحة الرئيسية", "القائمة", "بحث", "ابحث", "من نحن", "اتصل بنا", "أعلن معنا", "للإعلان", "إعلان", "إعلانات", "مساحة إعلانية",
		"من الأرشيف", "أرشيف", "الأرشيف", "عاجل", "خاص", "حصري", "فيديو", "صور", "بالصور", "بالفيديو", "المزيد", "عرض المزيد", "تحميل المزيد", "السابق", "التالي",
		"المقال السابق", "المقال التالي", "الخبر السابق", "الخبر التالي", "المقالة السابقة", "المقالة التالية", "تسجيل الدخول", "دخول", "تسجيل", "اشترك", "اشترك الآن", "تابعنا", "تابعونا", "استمع", "استماع للخبر", "حجم الخط", "تكبير الخط", "تصغير الخط",
		"حفظ", "إرسال", "إغلاق", "جاري التحميل", "تخطي إلى المحتوى", "انتقل إلى المحتوى", "القسم", "الوسوم", "وسوم", "كلمات مفتاحية", "الكلمات المفتاحية", "كلمات دلالية", "الكلمات الدلالية", "نسخ الرابط", "تم نسخ الرابط", "رابط مختصر", "أرسل لصديق", "ارسل الى صديق",
		"دقائق قراءة", "دقيقة قراءة", "وقت القراءة", "دقيقة واحدة", "مدة القراءة", "منذ ساعة", "منذ ساعات", "منذ ساعتين", "منذ دقائق", "منذ دقيقة", "منذ يوم", "منذ يومين", "منذ أيام", "منذ أسبوع", "منذ شهر", "منذ سنة",
		"home", "menu", "search", "about us", "contact us", "advertise", "advertisement", "ad", "ads", "sponsored", "sponsored content", "archive", "breaking", "breaking news", "live", "exclusive", "video", "photos", "gallery",
		"more", "load more", "show more", "see more", "previous", "next", "previous article", "next article", "previous post", "next post", "sign in", "log in", "login", "register", "subscribe", "subscribe now", "sign up", "follow us", "listen", "listen to this article",
		"save", "send", "close", "loading", "skip to content", "skip to main content", "tags", "copy link", "link copied", "text size", "min read", "minute read", "minutes read", "reading time", "hours ago", "hour ago", "minutes ago", "days ago", "day ago", "accept", "accept all", "cookies", "back to top",
		"accueil", "recherche", "publicité", "partager", "imprimer", "s'abonner", "lire la suite", "newsletter", "النشرة البريدية", "القائمة البريدية",
	},
	classRelated: {
		"مقالات ذات صلة", "مواضيع ذات صلة", "أخبار ذات صلة", "موضوعات ذات صلة", "ذات صلة", "مقالات مشابهة", "مواضيع مشابهة", "أخبار مشابهة", "مواد ذات صلة", "مقالات متعلقة", "أخبار متعلقة", "مواضيع متعلقة", "روابط ذات صلة", "اقرأ أيضا", "إقرأ أيضا", "اقرأ المزيد", "إقرأ المزيد", "اقرأ كذلك", "طالع أيضا", "شاهد أيضا", "شاهد المزيد",
		"قد يعجبك", "قد يعجبك أيضا", "قد يهمك", "قد يهمك أيضا", "ربما يعجبك", "اخترنا لك", "اخترنا لكم", "مختارات", "الأكثر قراءة", "الأكثر مشاهدة", "الأكثر تداولا", "الأكثر زيارة", "الأكثر تعليقا", "آخر الأخبار", "أحدث الأخبار", "أهم الأخبار", "أخبار أخرى", "مقالات أخرى", "المزيد من الأخبار", "في نفس القسم", "من نفس القسم", "للكاتب أيضا", "مقالات الكاتب", "المزيد للكاتب",
		"related", "related articles", "related posts", "related stories", "related news", "related topics", "related content", "read also", "read more", "also read", "see also", "you may also like", "you might also like", "you might be interested in", "recommended", "recommended for you", "recommended stories", "more stories", "more news", "more on this story", "more on this topic", "most read", "most popular", "most viewed", "trending", "trending now", "popular", "popular posts", "latest", "latest news", "top stories", "editor's picks", "editors' picks", "don't miss", "up next", "more from author", "in this section",
		"à lire aussi", "lire aussi", "articles similaires", "sur le même sujet", "les plus lus",
	},
	ClassEnd: {
		"التعليقات", "تعليقات", "تعليق", "أضف تعليق", "أضف تعليقا", "أضف تعليقك", "اكتب تعليق", "اكتب تعليقا", "اكتب تعليقك", "اترك تعليقا", "اترك تعليق", "اترك تعليقك", "اترك ردا", "اترك رد", "اترك ردك", "شارك برأيك", "رأيك في الموضوع", "رأيك يهمنا", "ما رأيك", "إضافة تعليق", "تعليقات القراء", "آراء القراء", "تعليقات الزوار", "لا توجد تعليقات", "لا يوجد تعليقات", "كن أول من يعلق",
		"comments", "comment", "no comments", "no comments yet", "add comment", "add a comment", "add your comment", "leave a comment", "leave a reply", "leave your comment", "post a comment", "post comment", "write a comment", "join the conversation", "join the discussion", "reader comments", "view comments", "show comments", "be the first to comment", "about the author",
		"commentaires", "laisser un commentaire", "ajouter un commentaire",
	},
})

// lineStart lists phrases that open a short line of that class.
var lineStart = byFirstWord(map[Class][]string{
	ClassChrome: {
		"تابعونا على", "تابعنا على", "انضم إلى قناتنا", "انضموا إلى", "اشترك في", "اشتركوا في", "حمل التطبيق", "حمل تطبيق", "شارك هذا", "شارك الخبر", "شارك المقال", "شارك الموضوع", "شارك عبر", "شارك على", "مشاركة عبر", "مشاركة على", "شاركها", "شارك هذا الموضوع", "انقر للمشاركة", "اضغط للمشاركة", "عدد المشاهدات", "عدد القراءات", "عدد الزيارات", "عدد المشاركات", "للاشتراك في", "الرئيسية", "أنت هنا", "هل أعجبك", "قيم هذا",
		"follow us on", "subscribe to our", "sign up for", "join our", "download our app", "download the app", "share this", "share on", "share via", "click to share", "tweet this", "total views", "home", "you are here", "filed under", "tagged with", "tags", "topics", "powered by", "this website uses cookies", "we use cookies", "suivez-nous",
	},
	classRelated: {
		"اقرأ أيضا", "إقرأ أيضا", "اقرأ المزيد", "شاهد أيضا", "طالع أيضا", "للمزيد", "مواضيع ذات صلة", "أخبار ذات صلة", "مقالات ذات صلة", "المزيد من", "المزيد عن", "المزيد حول", "read also", "also read", "read more", "see also", "related", "more from", "more about", "lire aussi", "à lire aussi",
	},
	ClassEnd: {
		"التعليقات ملك", "التعليقات المنشورة", "التعليقات الواردة", "عدد التعليقات", "leave a reply", "leave a comment",
	},
	ClassNotice: {
		"جميع الحقوق محفوظة", "حقوق النشر", "الحقوق محفوظة", "كل الحقوق محفوظة", "copyright", "all rights reserved", "© copyright", "tous droits réservés",
	},
	ClassCaption: {
		"صورة أرشيفية", "صورة ارشيف", "صورة تعبيرية", "صورة من", "الصورة", "أرشيفية", "عدسة", "تصوير", "مصدر الصورة", "صورة", "photo", "photo by", "photograph", "image", "image source", "image caption", "picture", "caption", "file photo", "photo credit", "credit", "getty images", "crédit photo",
	},
})

// anywhere lists phrases that make a line of at most 40 words furniture
// wherever they stand in it.
var anywhere = foldAll(map[Class][]string{
	ClassEnd: {
		"لن يتم نشر عنوان بريدك", "الحقول الإلزامية مشار إليها", "كل الحقول التي عليها علامة", "التعليقات لا تعبر عن", "الآراء الواردة في التعليقات", "شروط التعليق", "your email address will not be published", "required fields are marked", "save my name email and website",
	},
	ClassNotice: {
		"لا تعبر بالضرورة عن رأي", "لا يعبر بالضرورة عن رأي", "do not necessarily reflect the views", "all rights reserved", "جميع الحقوق محفوظة",
	},
	ClassChrome: {
		"ملفات تعريف الارتباط", "لأفضل تجربة تصفح", "this site uses cookies", "uses cookies to", "please enable javascript", "your browser does not support", "sign up to our newsletter", "subscribe to our newsletter", "to our newsletter", "انقر على الرابط للانضمام", "open in new window",
	},
})

// chromeWords are words of sharing bars, counters and toolbars: a line of
// nothing else, numbers aside, is furniture.
var chromeWords = wordSet(`
مشاركة شارك المشاركة مشاركات شير غرد تغريدة أعجبني إعجاب فيسبوك فيس بوك تويتر إكس واتساب واتس تلغرام تيليجرام تلجرام ماسنجر مسنجر انستغرام لينكدإن لينكد إن يوتيوب بنترست بينتيريست ريديت فايبر تيك توك البريد الإلكتروني بريد إيميل طباعة اطبع نسخ رابط الرابط عبر على
مشاهدة مشاهدات المشاهدات قراءة قراءات القراءات زيارة زيارات الزيارات تعليق تعليقات عدد
share shares sharing tweet facebook twitter x whatsapp telegram messenger instagram linkedin youtube pinterest reddit viber tiktok email mail e print pdf copy link views view reads like likes comments via on pin flipboard google plus
partager imprimer vues`)

// Credits end a caption when they stand last in it.
var Credits = FoldedList("أ ف ب", "ا ف ب", "أ ف ب أرشيف", "فرانس برس", "رويترز", "أسوشيتد برس", "أ ب", "د ب أ", "الأناضول", "غيتي", "غيتي إيمجز", "سانا", "أرشيف", "الأرشيف", "مواقع التواصل", "انترنت", "إنترنت",
	"afp", "reuters", "ap", "epa", "getty", "getty images", "file", "file photo", "archive", "afp via getty images", "shutterstock")

// genericBylines stand where an author would and name no person.
var genericBylines = FoldedList("متابعات", "متابعة", "وكالات", "الوكالات", "خاص", "رصد", "ترجمة", "ترجمات", "تقرير", "تقارير", "فريق التحرير", "هيئة التحرير", "قسم التحرير", "قسم الأخبار", "التحرير", "أسرة التحرير", "صحف", "مواقع", "متابعات وكالات", "وكالات متابعات",
	"agencies", "staff", "staff writer", "staff report", "editorial staff", "news desk", "newsroom", "wires", "wire services", "news agencies", "editor", "editorial board", "la rédaction", "agences")

// sectionWords open the name of a section rather than of a person.
var sectionWords = wordSet(`
أخبار الأخبار سياسة السياسة اقتصاد الاقتصاد رياضة الرياضة ثقافة الثقافة فن فنون صحة تكنولوجيا تقنية العالم عالم دولي دولية عربي عربية محلي محلية محليات منوعات مقالات مقال رأي آراء تقارير تقرير تحقيقات تحليل حوارات ملفات سوريا سورية مصر لبنان العراق فلسطين الأردن المغرب الجزائر تونس ليبيا اليمن السعودية الشرق شؤون قضايا صحافة
news world politics business economy sport sports culture opinion analysis technology tech science health lifestyle middle africa asia europe us uk local national international features life arts entertainment video`)

// dateWords surround a date in its line and say nothing else.
var dateWords = wordSet(`
نشر نشرت نشره في بتاريخ تاريخ النشر الساعة ساعة آخر تحديث التحديث أضيف اضيف بواسطة يوم صباحا مساء ظهرا ص م هـ ه بتوقيت غرينتش دمشق الموافق تم من عن الإضافة حرر
السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة
published posted updated last update modified on at date time by am pm a gmt utc est edt pst cet ist bst est first created issued
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
года год году г гг мск часов опубликовано обновлено uhr saat godz godzina yayınlanma güncelleme veröffentlicht aktualisiert publicado actualizado atualizado pubblicato aggiornato ore horas hrs publicada atualizada actualizada em às última ultimo publicação atualização pubblicazione aggiornamento gepubliceerd bijgewerkt op
ساعت انتشار تاریخ בשעה שעה פורסם עודכן
publié le à mis jour lundi mardi mercredi jeudi vendredi samedi dimanche`)

func phraseSet(lists map[Class][]string) map[string]Class {
	m := map[string]Class{}
	for c, list := range lists {
		for _, p := range list {
			m[fold.Phrase(p)] = c
		}
	}
	return m
}

func foldAll(lists map[Class][]string) map[Class][]string {
	m := map[Class][]string{}
	for c, list := range lists {
		for _, p := range list {
			m[c] = append(m[c], fold.Phrase(p))
		}
	}
	return m
}

// opener is a phrase that opens a line.
type opener struct {
	phrase string
	class  Class
}

func byFirstWord(lists map[Class][]string) map[string][]opener {
	m := map[string][]opener{}
	for _, c := range []Class{ClassEnd, ClassNotice, classRelated, ClassCaption, ClassChrome} {
		for _, p := range lists[c] {
			p = fold.Phrase(p)
			first, _, _ := strings.Cut(p, " ")
			m[first] = append(m[first], opener{p, c})
		}
	}
	return m
}

func FoldedList(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, p := range list {
		m[fold.Phrase(p)] = true
	}
	return m
}

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[fold.Word(w)] = true
	}
	return m
}
