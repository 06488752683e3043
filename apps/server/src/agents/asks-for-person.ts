/** Does the contact ask for a person? Phrases of many languages, on text without accents and punctuation. */
import { foldAccents } from '../knowledge/index.ts'

const PERSON =
  '(?:human|person|people|representative|rep|operator|supervisor|manager|employee|colleague|team ?mate|staff|advisor|adviser|consultant|someone|somebody|real one|human being|agent|support team|customer (?:service|support|care))'

/** A phrase is a regular expression on folded text; spaced scripts match whole words. */
const SPACED: Record<string, string[]> = {
  en: [
    `(?:talk|speak|chat|write|connect(?: me)?|transfer(?: me)?|forward(?: me)?|put me through|get me|hand me(?: over)?|escalate(?: this| me)?|redirect me|switch me) (?:to|with|through to|over to)?(?: \\w+){0,3}? ?${PERSON}`,
    `(?:want|need|would like|prefer|rather have|give me|get me|can i have|can i get|is there|let me have|like)(?: \\w+){0,3} (?:a |an |the |your |some |any )?(?:real |live |actual |human )(?:person|human|agent|representative|operator|support|people|someone|being)?`,
    `(?:want|need|give me|get me|can i have|can i get)(?: to)? (?:a |an |the |your )?(?:human|person|representative|operator|supervisor|manager|colleague)`,
    '(?:human|live|real) (?:agent|person|support|operator|representative|chat|help|being)(?: please)?',
    '(?:agent|human|operator|representative|person) (?:please|now)',
    'not (?:a |another )?(?:bots?|robots?|machine|ai)',
    '(?:stop|enough|no more|hate|sick of|tired of)(?: \\w+){0,4} ?(?:bots?|robots?|machine|ai)',
    'call me(?: back)?(?: please)?$',
    '(?:speak|talk) to (?:you guys|your (?:boss|team|staff))',
  ],
  de: [
    '(?:mit|an|zu) (?:einem|einer|eine|einen|dem|der|ihrem|nem|ner|jemand\\w*|echten?|menschlichen)?(?: \\w+){0,2} ?(?:mensch\\w*|mitarbeiter\\w*|person|kolleg\\w*|berater\\w*|jemandem|support|kundendienst|kundenservice)(?: \\w+){0,2} ?(?:sprechen|reden|verbinden|weiterleiten|verbunden|schreiben|chatten)',
    '(?:echten?|richtigen?|menschlichen?) (?:menschen|person|mitarbeiter\\w*|ansprechpartner\\w*|berater\\w*)',
    '(?:mensch|mitarbeiter\\w*|berater\\w*) bitte',
    'ruf\\w* (?:mich|sie mich) (?:bitte )?(?:an|zuruck)',
    'ich (?:will|mochte|brauche) (?:einen|eine) (?:menschen|mitarbeiter\\w*|person|berater\\w*|ansprechpartner\\w*)',
  ],
  fr: [
    '(?:parler|discuter|echanger|contact|relation|transfer\\w*|connect\\w*|passez moi)(?: \\w+){0,3} (?:a|avec|au|vers|un|une) ?(?:un |une |votre |quelqu un|l )?(?:\\w+ )?(?:humain\\w*|personne|conseiller\\w*|conseillere|agent|responsable|operateur|operatrice|quelqu un|collegue|service client)',
    '(?:un|une|vrai|vraie) (?:humain|vraie personne|conseiller|conseillere|operateur)(?: svp| s il)?',
    '(?:humain|conseiller|agent) (?:svp|s il vous plait)',
    'rappelez moi',
  ],
  es: [
    '(?:hablar|comunicar\\w*|conectar\\w*|conecteme|contactar|chatear|pasame|paseme|transfier\\w*|derivar\\w*)(?: \\w+){0,2} (?:con|a) (?:un |una |alguna? |su |el |la |algun )?(?:\\w+ )?(?:persona|humano|humana|agente|operador\\w*|asesor\\w*|encargado|supervisor\\w*|representante|alguien)',
    '(?:quiero|necesito|prefiero) (?:a )?(?:un|una) (?:persona|humano|agente|operador\\w*|asesor\\w*|representante)',
    '(?:agente|humano|persona|operador) (?:humano |real )?por favor',
    'persona real',
    'llamenme|llamame',
  ],
  pt: [
    '(?:falar|conversar|contato|transferir|transfere\\w*|passar|passe|conectar) (?:\\w+ )?(?:com|para|a) (?:um |uma |o |a |algum |alguma )?(?:\\w+ )?(?:pessoa|humano|atendente|gerente|responsavel|alguem|operador\\w*|representante)',
    '(?:quero|preciso de|preciso) (?:de )?(?:um|uma) (?:pessoa|humano|atendente|operador\\w*)',
    '(?:atendente|humano|pessoa) (?:humano |real )?por favor',
    'pessoa (?:real|de verdade)|atendimento humano',
  ],
  it: [
    '(?:parlare|parlo|chattare|mettermi in contatto|contatto|trasfer\\w*|passami|passatemi)(?: \\w+){0,2} ?(?:con|a) (?:un |una |il |la |un altra )?(?:\\w+ )?(?:persona|umano|operatore|operatrice|responsabile|qualcuno|addetto|consulente)',
    '(?:voglio|vorrei|mi serve) (?:un|una) (?:persona|operatore|operatrice|umano|consulente)',
    '(?:operatore|persona|umano) per favore',
    'persona (?:reale|vera)|operatore umano',
  ],
  nl: [
    '(?:met|aan|naar) (?:een |iemand|uw |jullie |een echte? )?(?:\\w+ )?(?:mens|medewerker|persoon|collega|iemand)?(?: \\w+){0,2} ?(?:spreken|praten|doorverbinden|doorverbonden|chatten)',
    '(?:echte? )?(?:medewerker|mens|persoon) (?:alstublieft|graag|aub)',
    'echt(?:e)? (?:mens|persoon|medewerker)',
    'bel mij|bel me',
  ],
  pl: [
    '(?:rozmawiac|porozmawiac|pogadac|polaczyc|polaczenie|polacz|polaczcie|przelacz|przelaczyc|skontaktowac)(?: \\w+){0,3} (?:z|do) (?:\\w+ )?(?:czlowiekiem|konsultantem|konsultanta|osoba|pracownikiem|kims|agentem|doradca)',
    '(?:konsultant|czlowiek|konsultanta|czlowieka) (?:prosze|poprosze)|(?:prosze|poprosze)(?: o)? (?:konsultanta|czlowieka)',
    'zywy(?:m)? czlowiek\\w*',
  ],
  ru: [
    '(?:поговорить|говорить|пообщаться|соедините|соедини|позовите|позови|связаться|свяжите|переключите|переведите|нужен|нужна|хочу)(?: \\S+){0,3} (?:с |на )?(?:человек\\S*|оператор\\S*|менеджер\\S*|специалист\\S*|сотрудник\\S*|консультант\\S*)',
    'живо(?:й|го|му|им) (?:человек\\S*|оператор\\S*)',
    '(?:оператор|оператора|человека) пожалуиста|(?:оператор|оператора|человека) пожалуйста|^оператор$',
  ],
  uk: [
    '(?:поговорити|говорити|з єднаите|з єднайте|покличте|переключіть|переключить|потрібен|хочу)(?: \\S+){0,3} (?:з |на )?(?:людин\\S*|оператор\\S*|менеджер\\S*|спеціаліст\\S*|працівник\\S*)',
    'жив(?:а|у|ою) людин\\S*',
  ],
  tr: [
    '(?:insan|temsilci|yetkili|gercek (?:bir )?(?:kisi|insan)|musteri (?:temsilcisi|hizmetleri)|operator|biri)\\S*(?: \\S+){0,2} (?:konus|gorus|baglan|bagla|yaz)\\S*',
    'gercek (?:bir )?(?:insan|kisi)\\S*',
    '(?:temsilci|insan|operator) (?:lutfen|istiyorum)',
  ],
  sv: [
    '(?:prata|tala|chatta|kopplas?) (?:med|till) (?:en )?(?:\\w+ )?(?:manniska|person|medarbetare|nagon|handlaggare|kundtjanst)',
    'riktig (?:manniska|person)',
  ],
  da: [
    '(?:tale|snakke|chatte|stilles? om) (?:med|til) (?:et |en )?(?:\\w+ )?(?:menneske|person|medarbejder|nogen|kundeservice)',
    'rigtigt? (?:menneske|person)',
  ],
  no: [
    '(?:snakke|prate|chatte|settes? over) (?:med|til) (?:et |en )?(?:\\w+ )?(?:menneske|person|medarbeider|noen|kundeservice)',
    'ekte (?:menneske|person)',
  ],
  fi: [
    '(?:puhua|keskustella|jutella)(?: \\w+){0,3} (?:ihmisen|asiakaspalvelijan|henkilon|oikean ihmisen|jonkun) ?(?:kanssa|kaa)?',
    '(?:ihmisen|asiakaspalvelijan) kanssa (?:puhua|keskustella|jutella)',
    'oikea(?:n)? ihmi\\w+',
  ],
  cs: [
    '(?:mluvit|promluvit|spojit|spojte|prepojit|prepojte)(?: \\w+){0,2} (?:s|se|na) (?:\\w+ )?(?:clovekem|operatorem|operatora|osobou|pracovnikem|nekym|kolegou)',
    'zivy(?:m)? clovek\\w*',
  ],
  ro: [
    '(?:vorbi|vorbesc|discut|transfer\\w*|conect\\w*)(?: \\w+){0,2} (?:cu|la) (?:o |un )?(?:\\w+ )?(?:persoana|om|operator|coleg|agent|cineva)',
    'persoana reala',
  ],
  hu: [
    '(?:emberrel|ugyintezovel|munkatarssal|valakivel|operatorral)(?: \\w+){0,2} (?:beszel\\w*|szeretn\\w*|kapcsol\\w*)',
    '(?:beszel\\w*|kapcsol\\w*)(?: \\w+){0,3} (?:emberrel|ugyintezovel|munkatarssal)',
  ],
  id: [
    '(?:bicara|berbicara|ngobrol|chat|hubungkan|sambungkan)(?: \\w+){0,2} (?:dengan|ke|sama) (?:\\w+ )?(?:manusia|orang|petugas|cs|customer service|operator|agen|staf)',
  ],
  vi: ['(?:noi chuyen|gap|trao doi|ket noi)(?: \\w+){0,2} (?:voi )?(?:\\w+ )?(?:nguoi that|nhan vien|tu van vien)'],
  el: [
    '(?:μιλησω|συνδεστε|συνδεσετε|συνομιλησω)(?: \\S+){0,2} (?:με|σε) (?:\\S+ )?(?:ανθρωπο|εκπροσωπο|υπαλληλο|καποιον|συναδελφο)',
  ],
}

const UNSPACED = [
  /(?:أريد|اريد|ابغى|أبغى|ممكن|عايز|بدي|أود|حولني|تحويل)[^.؟]{0,25}(?:شخص|موظف|إنسان|انسان|ممثل|خدمة العملاء|بشري)/u,
  /(?:转|轉|找|要|接|换|換|联系|聯繫|联络)[^。？]{0,4}(?:人工|真人|客服|人类)/u,
  /人工(?:客服|服务|服務)|真人客服/u,
  /(?:担当者|オペレーター|オペレータ|人間|スタッフ|有人|誰か|人)(?:に|と|へ|の方|対応)[^。？]{0,10}(?:話|代わ|繋|つな|相談|お願|変わ|してほしい|チャット)/u,
  /(?:상담원|상담사|직원|사람)(?:과|이랑|하고|한테|에게|을|를|이)?[^.?]{0,10}(?:연결|통화|얘기|이야기|대화|상담|바꿔|원해)/u,
  /(?:इंसान|व्यक्ति|एजेंट|प्रतिनिधि|आदमी|ऑपरेटर|किसी)[^।?]{0,15}(?:बात|जोड़|कनेक्ट)/u,
  /(?:คุย|พูด|ติดต่อ|สนทนา)[^?]{0,8}(?:เจ้าหน้าที่|พนักงาน|แอดมิน|คนจริง)/u,
  /(?:לדבר|לשוחח|נציג|תעבירו)[^?]{0,12}(?:נציג|אדם|בן אדם|אנושי|מישהו)/u,
]

/** "I do not want to talk to a person", "is a person needed to sign": no wish for one. */
const NOT_A_WISH =
  /\b(?:(?:don t|do not|dont|not|no need to|without|never|rather not)(?: \w+){0,2} (?:want|need|like|have)?(?: to)? ?(?:talk|speak|chat)|keinen? mensch\w* notig|no quiero hablar|ne veux pas parler|how (?:do|can) (?:i|my|the) \w+ (?:contact|invite|add)|invite|add a)\b/u

const spaced = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${Object.values(SPACED)
    .flat()
    .map((phrase) => `(?:${phrase})`)
    .join('|')})(?![\\p{L}\\p{N}])`,
  'u',
)
const ALONE =
  /^(?:(?:a |an |the )?(?:human|person|agent|operator|representative|live agent|real person|human agent|customer service|mensch|mitarbeiter|humain|conseiller|humano|persona|agente|operador|atendente|operatore|medewerker|mens|konsultant|czlowiek|оператор|человек|людина|temsilci|insan|operaattori|ihminen))$/u

/** `ownPhrases` are the workspace's words that ask for a person at once. */
export function asksForPerson(text: string, ownPhrases: string[] = []): boolean {
  const folded = plainText(text.slice(0, 2000))
  if (ownPhrases.some((phrase) => hasPhrase(folded, plainText(phrase)))) return true
  if (ALONE.test(folded)) return true
  if (UNSPACED.some((pattern) => pattern.test(text))) return true
  return text
    .slice(0, 2000)
    .split(/[.,;:!?\n…]+/)
    .map(plainText)
    .some((clause) => spaced.test(clause) && !NOT_A_WISH.test(clause))
}

/** Lower case, without accents, one space between words. */
export function plainText(text: string): string {
  return foldAccents(text.normalize('NFKC').toLowerCase())
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}

/** Whole words where words have spaces, anywhere where they do not. */
export function hasPhrase(folded: string, phrase: string): boolean {
  if (phrase === '') return false
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(phrase))
    return folded.includes(phrase)
  return ` ${folded} `.includes(` ${phrase} `)
}
