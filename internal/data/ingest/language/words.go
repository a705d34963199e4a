package language

import (
	"strings"
	"sync"
)

// wordEvidence is what one word says: for each language of a set, how much.
type wordEvidence struct {
	of     uint32 // bit l: language l
	weight uint8
}

// sure is the evidence of what no other alphabet has, only of what no other
// language of the script commonly has, weak of what is but commoner in it.
func sure(l tongue) wordEvidence { return wordEvidence{1 << l, 3} }
func only(l tongue) wordEvidence { return wordEvidence{1 << l, 2} }
func weak(l tongue) wordEvidence { return wordEvidence{1 << l, 1} }

// or gives the same evidence for one more language.
func (e wordEvidence) or(l tongue) wordEvidence { return wordEvidence{e.of | 1<<l, e.weight} }

// wordList is the common words of a language: such as others have not, and such
// as they may have, with another sense, but seldom. A word that stands in the
// lists of several counts weakly for each; otherArabic and otherLatin have no
// say in words of the named languages.
type wordList struct {
	only, weak string
}

// arabicWords are words in Arabic letters, with ي and ك for ی and ک. Chosen by
// hand, the function words first and then what news is full of, with these at
// hand: for Arabic, Persian and Urdu the most frequent words of wordfreq 3.1.1,
// for Persian, Urdu and Sorani the stop words of stopwords-iso 1.1.0, for Sorani
// those of KLPT 0.1.7, for Pashto those of pashto-stopwords 1.0.0. Words that
// two languages share with like frequency (بعد, بين, مثل) are in no list.
// otherArabic holds the commonest words of Punjabi, Saraiki and Sindhi, and a line
// each of Azerbaijani, Uzbek and Turkmen, Gilaki and Mazandarani, Balochi, Kashmiri.
var arabicWords = map[tongue]wordList{
	arabic: {
		only: `في فى على إلى الى عن أن إن التي التى الذي الذى الذين هذا هذه هذان ذلك تلك كان كانت كانوا يكون تكون ليس ليست لم لن قد لقد هي نحن أنا أنت
			حيث منذ حتى عند عندما لدى أو أم أي أيضا ايضا خلاله لكن ولكن لكنه إلا إذا اذا لأن بأن وأن وإن فإن أنه إنه أنها إنها انه انها وقال وقالت قال قالت وأضاف واضاف أكد وأكد واكد أعلن
			وفي وفى ومن وعلى وإلى والى وعن ولا ولم ولن وقد وكان وكانت وهو وهي وهذا وهذه وذلك كما فيما بينما عليها عليهم فيها فيه منها منه عنه عنها إليه إليها إليهم لديه لديها بينهم
			هنا هناك كيف لماذا متى أين هؤلاء أولئك كلها بعدما قبيل سوف يمكن يجب يتم تتم بشكل بسبب جدا فقد حول غدا أمس بها لها لهم لنا عبر بعضهم يوما عاما
			مقتل قتلى مسؤول مسؤولون مصادر بحسب وفقا قائلا مشيرا مضيفا موضحا مؤكدا
			شو هيك هاد هادي هيدا هيدي هذول مش مو ليش وين شلون كمان عشان علشان اللي دلوقتي إيه ازاي عايز عاوز احنا إحنا بدنا بدي فيش مفيش ديال ديالو كاين بزاف راه علاش واش فين هاذ هادشي كيفاش برشا توا`,
		weak: `من مع لا ما ثم أكثر كل هو هم إنما خلال نحو ضمن عقب إثر ان به او كي تم لو سيتم بدون زي هذي يا دون لأي عليه عام هل ليه`,
	},
	persian: {
		only: `در از كه را با است برای براي آن آنها آنان اينها بود بودند بوده شد شدند شده شود شوند شدن شدم نشد نشده كرد كردند كرده كردن كنند كند كنيم كنيد كنم نكرد مي نمي هاي هايي نيز اگر چه چون اينكه همين همان خويش يكي
			دارد دارند داشت داشته داشتن ندارد دارم دارم داريم نيست نيستند هستند هست باشد باشند بودن پس پيش مردم كشور شما ديگر چند اند اكنون امروز ديروز فردا خارجه گذشته گفت گفته گفتند گويد
			بايد نبايد تواند توان توانند بتواند خواهد خواهند بيش بيشتر درباره همچنين سپس زيرا بلكه هنوز هنگام چنين چگونه ايراني آمريكا آمريكايي هزار دستگير كشته سخنگوي ديدار خواستار خبرگزاري سازمان پايان آغاز
			داد دادند دهد دهند داده يافت يافته رسيد رفت آمد آمده گرفت گرفته گيرد كردهاند شدهاست سالها آينده بزرگ كوچك نخستوزير روزنامه نماينده نمايندگان دانشگاه زندگي بدون تهران هايش ايشان اوست اينجا آنجا كجا چرا`,
		weak: `به اين يك خود هيچ تا هم هر بر وي روي روز سال نه دو سه چهار پنج يا اما همه بار كار كن تنها توسط يعني ولي حتي زير نفر ايران جمهوري دولت اسلامي راه سوي تن جنگ حال طور مورد ميان نام بينالمللي الملل المللي العاده الان البته فارسي آقاي دست باز بسيار افزود اعلام رهبر گروه حاضر نخست دوم سوم وزارت امور آيا آب`,
	},
	urdu: {
		only: `كا كو اور ايك كر كيا جس جب بهي ساته كچه پهر تها تهي تهے مجه تجه گا گي گيا گئي گئے كوئي كسي اپني اپنا جو كرنا كرني كرتي كرتا كريں ہوئي ہوئے ليے لئے كيلئے والي والا تهيں ديا ليكن بهت
			سكتا سكتي جاتا جاتي ہوتا ہوتي رہا رہي دنوں دوران بڑا بڑي اسي انهوں انهيں لوگ لوگوں آپ بهارت بهارتي ہم`,
		weak: `كي پر اس تك تو مگر سب اب دي آئي ہي ان اعظم خلاف طرح وجه بات`,
	},
	sorani: {
		only: `بوو بوون كرا كران لێ بۆ تێ پێ كوردستان كوردستانی كورد دواى`,
		weak: `كرد كه له دا كات هات يان`,
	},
	pashto: {
		only: `د په چې چي ته كې كښې كښي هغه هغوي هغوى دغه يو يوه يې سره څخه خپل خپله خپلو كوي كول كولو شوي شوى شوه كړي لپاره باندې لاندې وو وي زموږ دوي دوى ترڅو همدا نور نورو كله`,
		weak: `دا دي ده دى يي تر چه هم له شي نه به او پر پوري`,
	},
	uyghur: {
		only: `بىلەن ئۈچۈن بولۇپ بولغان ۋە بىر بۇ ئۇ دەپ قىلىش ئۆز ياكى ھەر ھېچ ئارقىلىق دىن نى نىڭ ئەمەس كېرەك لازىم بار يوق شۇ مۇ`,
		weak: `ھەم كى`,
	},
	otherArabic: {
		only: `نوں كوں اتے وچ ہن نيں تے ايہ اوہ كيتا كيتي ہويا ہوئياں دياں اوہناں ايہناں چ سي نال دے اے كول تاں جيہڑا جيہڑي جيہڑے ہووے كرن هن آهي آهن جي جو کي سان هو مان تي
			بير ايله اوچون ايچون اولان اولدو اولور اولاراق بوتون بونون اونون اونلار كيمي سونرا چوخ اؤز گؤره دئدي ائتدي ائديب ائدير ايليك ايلينده طرفيندن حاقيندا آراسيندا آمما همده يازير
			نينگ بيلن بولگن بولدي قيلدي قيليش اوشبو كوپ گن گه ديلر كيرهدي بيلهن اوچوين بولوپ بارليق گپلشيأرلر ديليدير
			گب ايسن واسي شيمي اوشان كونه بوبوسته ايسه ايسيد اونه ايته اني بوكود بوگوفته دله وه هسته هسه خله بيه جه اتا هكرده بنوشته ره ونه زوون
			ء كتگ گوں وتي آيان آياني بوتگ كنگ جننت مئے گشت گشگ اے چہ نہانت كنت داريں بازيں تہا
			منز ہند ہندس ہنز تہ اكه یوس يوس كران سپد تمن يمن يمہ آمت گامت پيٹه وون زبانہ سكولن واريا واریاہ چهہ`,
		weak: `دا دي هڪ تون اهو سندس`,
	},
}

// latinWords are words in Latin letters, chosen as arabicWords are: from
// wordfreq 3.1.1 where it has the language, for Kurmanji from the stop words of
// KLPT 0.1.7. otherLatin holds the commonest words of languages that have no
// code here; a line of it is Catalan, Romanian, Swedish, Danish and Norwegian,
// Polish, Czech, Croatian, Hungarian, Finnish, Indonesian, Azerbaijani,
// Albanian, Esperanto, Afrikaans, Galician, Asturian, Estonian, Lithuanian,
// Latvian, Tagalog, Somali, Swahili, Afrikaans again, Scots, Nigerian Pidgin,
// Haitian, Samoan, Friulian, Corsican, Walloon, Asturian again, Ladino, Crimean
// Tatar, Gagauz, Interlingua, Romansh, Sardinian, Papiamento, West Frisian,
// Luxembourgish, Low German, Occitan.
var latinWords = map[tongue]wordList{
	english:    {only: `the of and to in that is was for it with as his on be at by i this had not are but from or have an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over your after us also before through must where much should well between those being because each during while he how both under against until since without within`},
	french:     {only: `le la les de des du et en un une est que qui dans pour pas sur par au aux avec ce cette ces il elle ils elles ne se sa son ses plus ou mais nous vous leur leurs été être avoir sont a ont était fait comme tout tous toute toutes dont où même entre sans après avant aussi deux très bien si lui je on à l d qu c s n j y peut selon depuis lors contre encore ainsi cela soit ni chaque chez moins afin autre autres`},
	german:     {only: `der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann gegen vom können schon wenn habe seine ihre dann unter wir ich soll eines jahr zwei dieser diese dieses jeder alle beim seit zwischen muss keine ihren seiner werde sollte welche ohne sowie`},
	spanish:    {only: `de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien ahora cada e otro después otros tanto esa estos contra toda nada ante dijo según durante sea fueron debe tienen`},
	turkish:    {only: `ve bir bu için da de ile çok ne olarak daha gibi ki o var olan sonra kadar değil her ise en ya mi ama veya olduğu göre diye şey ben sen biz siz onun bunu bunun kendi önce tarafından oldu olduğunu şu yok iki büyük yeni yapılan eden ancak üzere karşı tüm bile bütün içinde arasında nın nin nun nün dır dir ilk son zaman gün yıl dedi ettiği etti edilen hiç şekilde böyle olması bundan etmek olmak ait ın in un ün değildir ta te den dan olabilir`},
	kurmanji:   {only: `û di de li ji ku bi ve na bo ew ev wî wê xwe min te me we wan yên yê ya ê ên jî ne da heye hene bû bûn kir kirin dike dikin dibe dibin divê her hemû yek re ser nav bin ber piştî heta wek weke gelek jê lê pê tê din ra li tu ez em hûn an çi kî çawa kes kesî hebe nabe bêje dê bê din navbera hin hinek wekî çend niha roj sal şer ser dema`},
	italian:    {only: `di e il la che in a per un è del non con una i della le da si al lo sono dei nel gli come alla più ma ha anche delle ed se o dalla su ad essere ci nella degli questo dal sul suo stato sua suoi alle era dai hanno quando loro fra tra cui ogni io così prima tutti tutto solo molto dopo senza agli ai nei sulla ne può deve`},
	portuguese: {only: `de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles são toda todo tenho num numa qualquer pelos foram`},
	dutch:      {only: `de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja werd wordt heeft`},
	otherLatin: {only: `i el l d els les amb és per no una del va ser als dels aquest aquesta aquests aquestes però seu seva seus seves tot tota té pel són pot sense cap fins hi molt mentre també estat estats havia sota tots dies anys segons
			și să nu din pe cu este care pentru mai sau fi au ce la un o prin fost după ale ca are al sunt orice
			och att det som på är av för en ett med den till inte har om vi jag så men var kan hans från eller ska
			og er at ikke til af for med de han hun som jeg etter være blir ved skal vil eller har fra sin
			w i nie na się z do jest że to jak o ale po co tak za od przez czy dla który ma są lub oraz
			a se v na je že s z do to o i jako za by pro ve po nebo ke který jeho má ze od
			u da su od za sa iz kao ili što koji bi ne nije ima
			az és hogy nem egy is meg ez ha van volt vagy minden mint csak de el kell
			ja on ei että se oli hän mutta kun niin tai joka olla sekä myös ovat
			yang dan di itu dengan untuk tidak dari dalam akan pada ini ada oleh atau adalah dia mereka juga telah bagi ke
			və bu bir ilə üçün olan edir onun hər kimi daha da də olaraq isə
			dhe në të e i për me nga një që si është do ka së ose çdo nuk u mund kjo
			la kaj de en estas por al ke ne kun el mi li ĉiu
			nie het hy sy vir wat is dat hulle deur hierdie ook aan of
			unha non ten pola polo nin súa á tódolos moi tamén persoa persoas teñen dun dunha nela ós ás máis
			tae frae aw wi ony ower throu amang nae ilka hes shal thae thir wes richt thocht auld bairns fowk didna wisna isna dinna
			wey dey wetin naim ting anoda everibodi nobodi comot sef abi kontri pipol pesin tink goment weda
			tien tamién llibertá drechu toos tolos ente namái ensin comu fai xente sos
			dins aquel aquela siá totes totas òme aicesta fòrça pòble pòbles drech dret seua seues qualsevol tenen drets
			ls cumo ua antre puode tamien nien dreito dreitos pessona sous
			tote iste altere altres ille esser qualcunque alicun lor assi derectos sieu sieus totos aquestos altros ie
			lou dóu pèr emé soun siéu vòu tambèn ounte dein dâi âo lè onna cein dzein èt èsse dè lî lès dès sès çou minme
			dla dli dl tla cla èsa persouna dirét elli ellu hè chì cù ùn omu anu sianu modu dirittu drittu
			cha dals cun sco lur ina ün üna dad vegn betg quist ingün dretg igl mincha tgi
			ua aia lona lana lenei tagata tatau leai mafai mau fa'a te ia ta'ata
			vir regte tydens slegs mense hul sonder soos onder
			yetel tumeen ichil mix tiʼ ñeñt ñerra att chi naru li
			los de les xente ye una
			ja on ei ka või kui see iga igal tema oma ning mis
			ir yra kad tai su bei arba kaip iš apie jo
			un ir ka vai ar par no kas
			ang mga sa ng na ay at para
			waa iyo ka ku uu ay oo in ee la soo leh si
			ya wa na kwa ni katika za la cha au yake hiyo kuwa
			nie het hy hulle 'n elke word sal kan moet oor tot teen tussen hul haar wees gesê jaar nuwe kry sê
			tae o frae wis whit aw nae hae thair thaim ilka wi fae gie guid mair hame bairns ane awa didnae cannae isnae ony sic
			dey dem wey sey wetin dis dat dia di fit una pipol goment don im abi oga naija kontri
			yo nan ki ak pou nou yon moun te gen ap sa tout men si kote lè anpil peyi ayiti
			ma lea mo ona ia aua ina lenei lona latou uma foi mai atu isi fa'aaliga
			dal ancje une sô dai lis cul tal inte ducj gno fûr cussì vuê dopo jenfri
			hè chì u à cù ghjè sò ogni più so ancu dopu annu ghjente induve versu trà dinù
			èt lès dè dins dås ès nén ossu avou tot tertos ki sins åk èyet pou
			nun pa ente tolos toles nes coles polos polas onde munchu xente tán facer anque yera foi dempués
			kon ke komo esta era kada uno anyos djudios sovre onde ansina muncho kuando otro avia
			er onıñ içün olğan akqında olaraq qadar eken soñ bu da oları ğairı birleşken
			hem herbir olêr bän deyni onnarın nicä büük kendi şindi gagauz düünä hepsi pek
			es ille illes le esser pro como etiam cata omne inter o su lor ha essera qui
			ed ils da dal cun per tut mintga vegn vegnan tar sin lur era co tranter dapi stgaffir ch'el
			su sa sos sas pro chi at est ant custu custa issos issas cando finas aterus meda
			ta na di pa ku e nan tabata por mester tin esaki esei riba den huntu tambe hende bisa
			yn fan it dat foar ek troch oan hja hy wie wurdt noch mear oer nei sil
			d' déi fir mat op net ass vun huet och ech mir awer si datt gëtt ginn oder nach
			vun dat de för nich mit to un is ok wat een al hebbt weern över warrt
			de lo la los las que dins amb per es son aquò pas tanben mai aquel entre`},
}

// evidence holds all lists by hash; it is made when first asked for.
var evidence = sync.OnceValue(func() *evidenceTable {
	var t evidenceTable
	for l := range tongues { // the others come after the named ones of their script
		list := arabicWords[l]
		if l >= firstLatin {
			list = latinWords[l]
		}
		seen := map[string]bool{}
		for weight, words := range [3]string{1: list.weak, 2: list.only} {
			for w := range strings.FieldsSeq(words) {
				if !seen[w] {
					seen[w] = true
					t.put(hashWord(w), wordEvidence{1 << l, uint8(weight)})
				}
			}
		}
	}
	return &t
})

// evidenceTable is a hash table without collisions among listed words (a test
// holds that); a word that is not listed meets one of them once in 2⁶⁴ / 2,000.
type evidenceTable struct {
	may    [1 << 10]uint64 // a set of the top bits of the keys: most words are in none
	keys   [1 << 13]uint64
	values [1 << 13]wordEvidence
}

func (t *evidenceTable) put(h uint64, e wordEvidence) {
	t.may[h>>54] |= 1 << (h >> 48 & 63)
	i := h >> 51
	for t.keys[i] != 0 && t.keys[i] != h {
		i = (i + 1) % uint64(len(t.keys))
	}
	if old := t.values[i]; t.keys[i] == h && old.of != e.of {
		if e.of == 1<<otherArabic || e.of == 1<<otherLatin {
			return
		}
		e = wordEvidence{old.of | e.of, 1}
	}
	t.keys[i], t.values[i] = h, e
}

func (t *evidenceTable) find(h uint64) (wordEvidence, bool) {
	if t.may[h>>54]>>(h>>48&63)&1 == 0 {
		return wordEvidence{}, false
	}
	for i := h >> 51; t.keys[i] != 0; i = (i + 1) % uint64(len(t.keys)) {
		if t.keys[i] == h {
			return t.values[i], true
		}
	}
	return wordEvidence{}, false
}

// FNV-1a over code points; http://www.isthe.com/chongo/tech/comp/fnv/.
const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * hashPrime }

// hashWord is the hash of a listed word, folded as words of texts are.
func hashWord(w string) uint64 {
	h := uint64(hashSeed)
	for _, r := range w {
		if arabicFirst <= r && r <= arabicLast {
			r = rune(arabicLetters[r-arabicFirst].fold)
		}
		h = hashRune(h, r)
	}
	return h
}
