/** Small talk: greetings, thanks, goodbyes, "are you a robot?", yes and no; recognised only when nothing else is said. */
import { hasPhrase, plainText } from './asks-for-person.ts'

export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'how_are_you' | 'are_you_ai' | 'help' | 'yes' | 'no'

const list = (text: string): string[] => text.split('|').map((phrase) => plainText(phrase))

const PHRASES: Record<SmallTalk, string[]> = {
  greeting: list(
    'hi|hello|hey|hiya|yo|howdy|hi there|hello there|hey there|good morning|good afternoon|good evening|good day|greetings|morning|hallo|guten tag|guten morgen|guten abend|moin|servus|grüß gott|grüezi|hi zusammen|bonjour|bonsoir|salut|coucou|hola|buenas|buenos días|buenas tardes|buenas noches|olá|oi|bom dia|boa tarde|boa noite|ciao|salve|buongiorno|buonasera|goedemorgen|goedemiddag|goedenavond|goedendag|dag|hoi|cześć|dzień dobry|dobry wieczór|hej|witam|привет|здравствуйте|добрый день|добрый вечер|доброе утро|вітаю|добрий день|привіт|merhaba|selam|iyi günler|günaydın|god morgon|god dag|hei|moi|terve|ahoj|dobrý den|bună|bună ziua|szia|jó napot|مرحبا|السلام عليكم|اهلا|صباح الخير|你好|您好|哈喽|こんにちは|こんばんは|おはよう|おはようございます|안녕하세요|안녕|नमस्ते|नमस्कार|สวัสดี|สวัสดีครับ|สวัสดีค่ะ|שלום|halo|selamat pagi|xin chào|γεια|γεια σας|καλημέρα',
  ),
  thanks: list(
    'thanks|thank you|thank you very much|thanks a lot|thank you so much|many thanks|thx|ty|cheers|great thanks|ok thanks|perfect thanks|perfect thank you|great thank you|ok thank you|thanks that helps|that helps|that helped|very helpful|perfect|great|awesome|super|wonderful|excellent|brilliant|lovely|fantastic|amazing|cool|nice|good to know|wunderbar|prima|toll|sehr gut|génial|parfait|estupendo|excelente|genial|ótimo|perfetto|got it|got it thanks|danke|danke schön|dankeschön|vielen dank|danke dir|danke ihnen|besten dank|super danke|alles klar danke|merci|merci beaucoup|merci bien|parfait merci|gracias|muchas gracias|mil gracias|perfecto gracias|obrigado|obrigada|muito obrigado|muito obrigada|valeu|grazie|grazie mille|molte grazie|bedankt|dank je|dank u|dank je wel|dank u wel|hartelijk dank|dziękuję|dzięki|dziękuję bardzo|спасибо|большое спасибо|спасибо большое|дякую|teşekkürler|teşekkür ederim|sağ ol|sağol|tack|tack så mycket|tak|mange tak|takk|kiitos|děkuji|díky|mulțumesc|köszönöm|شكرا|شكرا جزيلا|谢谢|感谢|謝謝|ありがとう|ありがとうございます|감사합니다|고맙습니다|धन्यवाद|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|תודה|terima kasih|cảm ơn|ευχαριστώ',
  ),
  goodbye: list(
    'bye|goodbye|bye bye|see you|see ya|take care|have a nice day|have a good day|good night|that is all|that s all|that was all|nothing else|no that s all|no thank you|no thanks|tschüss|tschüs|auf wiedersehen|schönen tag noch|schönen tag|das war alles|das wars|nein danke|au revoir|bonne journée|c est tout|non merci|adiós|hasta luego|eso es todo|no gracias|tchau|até logo|é só isso|não obrigado|não obrigada|arrivederci|buona giornata|è tutto|no grazie|tot ziens|doei|fijne dag|dat is alles|nee bedankt|nee dank je|do widzenia|to wszystko|nie dziękuję|до свидания|пока|это все|до побачення|hoşça kal|hoşçakal|güle güle|görüşürüz|hej då|farvel|ha det|näkemiin|na shledanou|مع السلامة|再见|拜拜|さようなら|안녕히 계세요|अलविदा|ลาก่อน|להתראות',
  ),
  how_are_you: list(
    'how are you|how are you doing|how are you today|how is it going|how s it going|what s up|whats up|wie geht es dir|wie geht s|wie geht es ihnen|comment ça va|ça va|comment allez vous|cómo estás|qué tal|cómo está|como vai|tudo bem|come va|come stai|hoe gaat het|jak się masz|как дела|nasılsın|元気ですか|你好吗',
  ),
  are_you_ai: list(
    'are you a bot|are you a robot|are you human|are you a human|are you real|are you a real person|are you an ai|are you ai|is this a bot|is this a robot|is this a real person|am i talking to a bot|am i talking to a robot|am i talking to a human|am i talking to a real person|am i speaking to a human|who are you|what are you|are you a person|am i chatting with a bot|is this ai|bist du ein bot|bist du ein roboter|bist du ein mensch|sind sie ein mensch|bist du echt|wer bist du|sind sie ein bot|es tu un robot|êtes vous un robot|êtes vous humain|eres un robot|eres humano|eres un bot|eres una persona|você é um robô|você é humano|sei un robot|sei umano|sei una persona|ben je een robot|ben je een mens|czy jesteś robotem|czy jesteś człowiekiem|ты бот|ты робот|вы бот|вы робот|sen robot musun|bot musun|你是机器人吗|ロボットですか',
  ),
  help: list(
    'help|help me|i need help|can you help me|can you help|could you help me|please help|please help me|i have a question|i have a problem|what can you do|what can you help with|what can i ask you|hilfe|ich brauche hilfe|können sie mir helfen|kannst du mir helfen|ich habe eine frage|aide|aidez moi|j ai une question|ayuda|necesito ayuda|tengo una pregunta|puedes ayudarme|ajuda|preciso de ajuda|aiuto|ho bisogno di aiuto|ho una domanda|hulp|ik heb hulp nodig|ik heb een vraag|pomocy|potrzebuję pomocy|mam pytanie|помогите|помощь|yardım',
  ),
  yes: list(
    'yes|yes please|yeah|yep|yup|sure|ok|okay|please|please do|yes do that|go ahead|sounds good|of course|correct|right|ja|ja bitte|gerne|klar|natürlich|jawohl|oui|oui svp|oui s il vous plaît|d accord|bien sûr|sí|si por favor|sí por favor|claro|vale|de acuerdo|sim|sim por favor|pode ser|certo|sì|si|sì grazie|va bene|certo|ja graag|graag|ja alsjeblieft|tak|tak proszę|poproszę|да|да пожалуйста|конечно|так|evet|evet lütfen|tamam|olur|نعم|是|是的|好|好的|可以|はい|お願いします|네|예|हाँ|ใช่|כן',
  ),
  no: list(
    'no|nope|nah|not really|no need|not now|nein|nö|non|no hace falta|não|nee|nie|нет|ні|hayır|yok|لا|不|不用|不要|いいえ|아니요|नहीं|ไม่|לא',
  ),
}

/** What may stand around small talk without making it more: names, "there", "again", smileys are gone already. */
const AROUND = new Set(
  list(
    'there|again|all|everyone|team|guys|sir|madam|so much|very much|a lot|for your help|for the help|for the info|for the information|for that|then|now|oh|ah|well|so|und|et|and|y|e|to you|dear|everybody|folks|zusammen|it|really|you|ok|okay|please|mate|friend|bot|alright|all right|fine|good|yes|no|i see|that is|that s',
  ),
)

export function readSmallTalk(text: string): SmallTalk | null {
  const folded = plainText(text.slice(0, 400))
  if (folded === '') return null
  const exact = kindOf(folded)
  if (exact) return exact
  if (folded.split(' ').length > 9) return null
  return readParts(folded)
}

function kindOf(folded: string): SmallTalk | null {
  for (const kind of KINDS) if (index.get(kind)!.has(folded)) return kind
  return null
}

/** "Hi there, how are you" or "ok great, thank you, bye": small talk only if nothing else is left. The last part decides. */
function readParts(folded: string): SmallTalk | null {
  let rest = ` ${folded} `
  let last: { kind: SmallTalk; at: number } | null = null
  for (const { kind, phrase } of LONGEST_FIRST) {
    if (!hasPhrase(rest.trim(), phrase)) continue
    const at = ` ${folded} `.indexOf(phrase)
    rest = rest.replaceAll(` ${phrase} `, ' ')
    if (!last || (kind !== 'greeting' && (at > last.at || last.kind === 'greeting'))) last = { kind, at }
  }
  if (!last) return null
  for (const word of [...AROUND].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(` ${word} `, ' ')
  return rest.trim() === '' ? last.kind : null
}

const KINDS: SmallTalk[] = ['goodbye', 'thanks', 'are_you_ai', 'how_are_you', 'help', 'greeting', 'yes', 'no']
const index = new Map(KINDS.map((kind) => [kind, new Set(PHRASES[kind])]))
const LONGEST_FIRST = KINDS.flatMap((kind) =>
  kind === 'yes' || kind === 'no' ? [] : PHRASES[kind].map((phrase) => ({ kind, phrase })),
).sort((a, b) => b.phrase.length - a.phrase.length)
