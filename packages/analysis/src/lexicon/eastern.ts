/** Modest lists of feeling words in Polish, Russian, Ukrainian, Turkish, Arabic, Chinese and Japanese. */
import type { Lexicon } from './lexicon.ts'

export const POLISH: Lexicon = {
  gratitude: ['dziękuję dzięki dziękujemy wdzięczn*'],
  joy: ['szczęśliw* ciesz* zadowolon* radość cieszę', 'miło zabawn* śmieszn*'],
  admiration: [
    'świetnie świetny super doskonal* wspaniał* znakomi* rewelac* cudown* fantastyczn* idealn* piękn* brawo',
    'dobrze dobry dobra fajn* miły pomocn* najlepsz*',
  ],
  love: ['kocham miłość uwielbiam kocha', 'kochanie lubię'],
  relief: ['nareszcie wreszcie ulga'],
  approval: ['zgadzam dokładnie zgoda', 'racja'],
  anger: [
    'wściekł* skandal* oszust* złodziej* nienawi* idiot* kurwa gówno kłamc* cholera cholern* drań',
    'głupi złość zabić bezczeln*',
  ],
  annoyance: [
    'irytuj* denerwuj* frustr* żenada śmieszne_to strata_czasu niedopuszczaln* znowu',
    'ciągle_nie nadal_nie czekam_od',
  ],
  disappointment: [
    'rozczarowan* niezadowolon* fatalnie fatalny beznadziejn* okropn* tragiczn*',
    'niestety szkoda nie_działa źle zły zepsut* brakuje zepsuł*',
  ],
  disgust: ['obrzydliw* ohydn*', 'straszn*'],
  fear: ['boję strach przeraż* panika', 'niebezpiecz* śmierć'],
  nervousness: ['martwię obawiam pilne zdenerwowan*', 'problem*'],
  sadness: ['smutn* płacz* rozpacz*', 'ból przykro'],
  confusion: ['nie_rozumiem niejasn*', 'dziwn*'],
  remorse: ['przepraszam przykro_mi wybacz'],
}

export const RUSSIAN: Lexicon = {
  gratitude: ['спасибо благодар* признател*'],
  joy: ['рад рада счастлив* доволен довольна рады радость', 'приятно весел* смешн*'],
  admiration: [
    'отлично супер прекрасн* замечательн* великолепн* идеальн* молодец молодцы классно класс здорово потрясающ* превосходн*',
    'хорошо хороший хорошая красив* добр* лучш* удобно полезн*',
  ],
  love: ['люблю любовь обожаю любит', 'милая милый дорогой дорогая нравится'],
  relief: ['наконец-то наконец слава_богу'],
  approval: ['согласен согласна точно договорились', 'верно правильно'],
  anger: [
    'возмут* безобразие мошенник* обман* вор воры ненавижу идиот* дурак хамство ужас позор врёте врете чёрт черт сволочь дерьмо сука',
    'злой злость тупой убить жалоб* суд',
  ],
  annoyance: ['надоел* бесит раздража* сколько_можно издева* опять достал*', 'до_сих_пор жду_уже долго снова'],
  disappointment: [
    'разочаров* недоволен недовольна плохо плохой отвратительно худш* ужасно ужасный',
    'к_сожалению жаль не_работает сломал* нет_ответа',
  ],
  disgust: ['отвратител* мерзк* гадость'],
  fear: ['боюсь страх страшно паника испуг*', 'опасн* смерть'],
  nervousness: ['беспоко* волнуюсь срочно тревож*', 'проблем*'],
  sadness: ['грустно печаль* плачу отчаян* несчаст*', 'больно боль'],
  confusion: ['не_понимаю непонятно', 'странно'],
  remorse: ['извините простите извиняюсь прости'],
}

export const UKRAINIAN: Lexicon = {
  gratitude: ['дякую дякуємо вдячн* спасибі'],
  joy: ['радий рада щаслив* задоволен* радість', 'приємно весел* смішн*'],
  admiration: [
    'чудово чудов* супер прекрасн* відмінно ідеальн* молодці молодець класно круто неймовірн*',
    'добре добрий гарн* гарно найкращ* зручно корисн*',
  ],
  love: ['люблю кохаю любов кохання обожнюю', 'подобається'],
  relief: ['нарешті слава_богу'],
  approval: ['згоден згодна точно домовились', 'вірно правильно'],
  anger: [
    'обурен* обурлив* шахра* обман* злоді* ненавиджу ідіот* дурень хамство жах ганьба брехн* чорт сволота лайно',
    'злий злість скарг* вбити',
  ],
  annoyance: ['набридло дратує скільки_можна знову знущ*', 'досі_не чекаю_вже довго'],
  disappointment: ['розчарован* незадоволен* погано поганий жахливо жахливий', 'на_жаль шкода не_працює зламал*'],
  disgust: ['огидн* мерзот*'],
  fear: ['боюся страх страшно паніка', 'небезпе*'],
  nervousness: ['хвилююсь турбу* терміново тривож*', 'проблем*'],
  sadness: ['сумно сумн* плачу відчай нещас*', 'боляче'],
  confusion: ['не_розумію незрозуміло', 'дивно'],
  remorse: ['вибачте пробачте перепрошую'],
}

export const TURKISH: Lexicon = {
  gratitude: ['teşekkür* sağol sağolun minnettar*'],
  joy: ['mutlu memnun* sevindim sevinç neşeli', 'eğlenceli komik'],
  admiration: ['harika mükemmel süper muhteşem şahane güzel bravo olağanüstü inanılmaz', 'iyi hoş yardımcı faydalı'],
  love: ['seviyorum aşk bayıldım seni_seviyorum', 'canım sevgilim'],
  relief: ['nihayet sonunda çok_şükür'],
  approval: ['kesinlikle aynen katılıyorum', 'doğru tamam'],
  anger: [
    'rezalet öfke* kızgın dolandırıcı* nefret aptal* salak lanet yalancı* utanmaz hırsız* rezil defol',
    'deli şikayet öldür*',
  ],
  annoyance: ['saçma* sinir* bıktım yeter_artık kabul_edilemez oyalıyor*', 'hala hâlâ bekliyorum tekrar'],
  disappointment: ['hayal_kırıklığı berbat kötü memnun_değil* mağdur*', 'maalesef yazık çalışmıyor bozuk eksik'],
  disgust: ['iğrenç', 'korkunç'],
  fear: ['korku* korkuyorum panik', 'tehlike* ölüm'],
  nervousness: ['endişe* acil gergin', 'sorun*'],
  sadness: ['üzgün üzücü ağl* üzüldüm', 'acı'],
  confusion: ['anlamadım anlamıyorum karışık', 'garip tuhaf'],
  remorse: ['özür üzgünüm pardon affedersin*'],
}

export const ARABIC: Lexicon = {
  gratitude: ['شكرا شكراً شكر اشكرك أشكرك ممنون'],
  joy: ['سعيد سعيدة مسرور مبسوط فرحان', 'فرح'],
  admiration: ['رائع رائعة ممتاز ممتازة جميل جميلة عظيم مذهل', 'جيد جيدة حلو كويس مفيد'],
  love: ['أحب احب حب أحبك احبك', 'حبيبي عزيزي'],
  relief: ['الحمد_لله أخيرا اخيرا'],
  approval: ['تماما بالضبط موافق', 'صحيح'],
  anger: ['غاضب غاضبة نصب نصابين نصاب احتيال أكره اكره غبي أحمق لعنة كاذب كذب وقح عار', 'شكوى'],
  annoyance: ['مزعج سخيف محبط مهزلة تعبت زهقت', 'تأخير تأخر انتظر أنتظر'],
  disappointment: ['سيء سيئة سيئ أسوأ مخيب فاشل', 'للأسف لايعمل معطل مكسور'],
  disgust: ['مقرف', 'فظيع رهيب'],
  fear: ['خائف خوف أخاف', 'خطر موت'],
  nervousness: ['قلق قلقة عاجل ضروري', 'مشكلة'],
  sadness: ['حزين حزينة أبكي', 'ألم'],
  confusion: ['لا_أفهم مش_فاهم غير_واضح', 'غريب'],
  remorse: ['آسف اسف عذرا أعتذر'],
}

export const CHINESE: Lexicon = {
  gratitude: ['谢谢 感谢 多谢 謝謝 感謝', '麻烦你了'],
  joy: ['开心 高兴 满意 快乐 開心 高興'],
  admiration: ['太好了 很棒 太棒 完美 优秀 厉害 赞 真好 太好 不错', '好的呀 漂亮 方便 贴心'],
  love: ['喜欢 爱你 喜愛'],
  relief: ['终于 放心'],
  approval: ['没问题 没错 可以的 同意'],
  anger: ['愤怒 生气 骗子 垃圾 混蛋 滚 可恶 投诉 恶心 气死', '骂 傻'],
  annoyance: ['很烦 真烦 好烦 烦人 受不了 太慢 浪费时间 说了多少遍 无语 离谱 烦死', '等了 还没 怎么还'],
  disappointment: ['失望 不满 太差 糟糕 差劲 很差 最差', '可惜 坏了 不行 不好'],
  fear: ['害怕 可怕 恐怖'],
  nervousness: ['担心 着急 紧急 焦虑'],
  sadness: ['难过 伤心 痛苦 哭'],
  confusion: ['不明白 不懂 看不懂 搞不清', '奇怪'],
  remorse: ['对不起 抱歉 不好意思'],
}

export const JAPANESE: Lexicon = {
  gratitude: ['ありがとう 有難う 感謝 助かりました 助かります'],
  joy: ['嬉しい うれしい 楽しい 満足 よかった 良かった'],
  admiration: ['素晴らしい すばらしい 最高 完璧 すごい 素敵', '便利 親切 丁寧'],
  love: ['大好き 好きです 愛して'],
  relief: ['安心 やっと ほっと'],
  approval: ['そうです その通り 了解です 承知'],
  anger: ['ふざけるな 怒り 怒って 詐欺 最悪 バカ 馬鹿 許せない クレーム'],
  annoyance: ['いい加減 うんざり 迷惑 イライラ 何度も 遅い しつこい', 'まだですか まだ届'],
  disappointment: ['残念 がっかり 不満 ひどい 酷い', '壊れ 動かない 使えない 届かない 届いていません'],
  fear: ['怖い 恐ろしい'],
  nervousness: ['心配 不安 至急 急いで'],
  sadness: ['悲しい 辛い つらい 泣'],
  confusion: ['わからない 分からない わかりません 分かりません 困って', '不思議'],
  remorse: ['すみません ごめん 申し訳'],
}
