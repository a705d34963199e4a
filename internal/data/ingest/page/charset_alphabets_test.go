package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// Sentences of news, made up for this test, in the encodings that their languages were
// written in before UTF-8.
var oldPages = []struct{ text, encodings string }{
	{"Министр иностранных дел встретился в понедельник с посланником и обсудил открытие границы. Он сказал, что переговоры продолжатся.", "windows-1251 koi8-r iso-8859-5 ibm866"},
	{"Міністр закордонних справ зустрівся у понеділок із посланцем і обговорив відкриття кордону, їхні переговори тривають.", "windows-1251 koi8-u"},
	{"Министърът на външните работи се срещна в понеделник с пратеника и обсъди отварянето на границата.", "windows-1251"},
	{"Министар спољних послова састао се у понедељак са изаслаником и разговарао о отварању границе.", "windows-1251"},
	{"Ο υπουργός Εξωτερικών συναντήθηκε τη Δευτέρα με τον απεσταλμένο και συζήτησε το άνοιγμα των συνόρων.", "windows-1253"},
	{"שר החוץ נפגש ביום שני עם השליח ודן עמו בפתיחת המעבר בגבול. הוא אמר שהשיחות יימשכו.", "windows-1255"},
	{"Dışişleri Bakanı pazartesi günü elçiyle görüştü ve sınırın açılmasını konuştu; görüşmeler sürecek.", "windows-1254"},
	{"Minister spraw zagranicznych spotkał się w poniedziałek z wysłannikiem i omówił otwarcie granicy. Powiedział, że rozmowy będą trwać.", "windows-1250 iso-8859-2"},
	{"Ministr zahraničí se v pondělí setkal s vyslancem a jednal o otevření hranice. Řekl, že rozhovory budou pokračovat.", "windows-1250 iso-8859-2"},
	{"A külügyminiszter hétfőn találkozott a küldöttel, és megbeszélte a határ megnyitását; a tárgyalások folytatódnak, mondta később.", "windows-1250"},
	{"Užsienio reikalų ministras pirmadienį susitiko su pasiuntiniu ir aptarė sienos atidarymą, derybos tęsis.", "windows-1257"},
	{"Le ministre des affaires étrangères a rencontré lundi l'envoyé et évoqué l'ouverture de la frontière; « à bientôt », a-t-il déclaré.", "windows-1252"},
	{"Der Außenminister traf am Montag den Gesandten und sprach über die Öffnung der Grenze; die Gespräche würden fortgeführt.", "windows-1252"},
	{"El ministro recibió el lunes al enviado y habló de la apertura de la frontera; mañana seguirán las conversaciones.", "windows-1252"},
	{"Bộ trưởng ngoại giao đã gặp đặc phái viên vào thứ hai và bàn về việc mở cửa biên giới.", "windows-1258"},
	{"รัฐมนตรีต่างประเทศพบกับผู้แทนเมื่อวันจันทร์และหารือเรื่องการเปิดชายแดน", "windows-874"},
	{"外務大臣は月曜日に特使と会談し、国境の開放について話し合った。協議は続くという。", "shift_jis euc-jp iso-2022-jp"},
	{"外交部长星期一会见了特使，讨论了开放边境的问题。他说会谈将继续进行。", "gb18030"},
	{"外交部長星期一會見了特使，討論了開放邊境的問題。他說會談將繼續進行。", "big5"},
	{"외무장관은 월요일에 특사를 만나 국경 개방을 논의했다. 회담은 계속될 것이라고 말했다.", "euc-kr"},
}

func TestOldEncodings(t *testing.T) {
	for _, p := range oldPages {
		for _, name := range strings.Fields(p.encodings) {
			e, _ := charset.Lookup(name)
			var b strings.Builder
			b.WriteString("<html><head><title>x</title><script>var a = 'b'; function f() { return a }</script></head><body><p>")
			for _, r := range p.text { // one of a few signs may be missing in an encoding
				if c, err := e.NewEncoder().String(string(r)); err == nil {
					b.WriteString(c)
				}
			}
			if got := GuessCharset([]byte(b.String() + "</p></body></html>")); got != name {
				t.Errorf("%s in %s is taken for %s", p.text[:20], name, got)
			}
		}
	}
	for _, other := range []string{"", "plain ASCII", "\x80\x81\x82 \xff", strings.Repeat("\xa0", 100)} {
		if got := GuessCharset([]byte(other)); got != "windows-1252" {
			t.Errorf("%q is taken for %s", other, got)
		}
	}
}
