/** A contact who asks for a person, and an answer that declines it. */
import { anyOf, anywhere } from '../text/words.ts'

const PERSON = `(?:human(?: being)?|person|agent|operator|representative|rep|manager|supervisor|colleague|customer service|member of staff|employee|someone real|somebody real)`

const ASKS = [
  anyOf(
    `(?:speak|talk|chat|connect|transfer|put|pass|hand|escalate|forward)(?: \\w+){0,3} (?:to|with) (?:an? |the |your |some |another )?(?:\\w+ )?${PERSON}`,
    `(?:i|we)(?:'d| would)? (?:really |just )?(?:want|need|like|prefer|rather have) (?:an? |the |your |some )(?:real |live |actual |human )?(?:human(?: being)?|person|agent|operator|representative|manager|supervisor)(?! (?:who|for|in|at|of|with|that))`,
    `(?:get|give|find) me (?:an? |the |your |some )?(?:real |live |actual )?(?:human|person|operator|representative|manager|supervisor)`,
    `(?:speak|talk) (?:to|with) (?:some(?:one|body)|your (?:boss|team|staff)|a real)`,
    `(?:agent|human|operator|representative) please`,
    `not (?:a|to a) (?:bot|robot|machine|computer)`,
  ),
  anyOf(
    `(?:mit|an)(?: \\S+){0,3} (?:mensch\\S*|mitarbeiter\\S*|person|kolleg\\S*|berater\\S*)(?: \\S+)? (?:sprechen|reden|verbinden|chatten|schreiben|weiterleiten)`,
    // "Einen echten Menschen bitte", "geben Sie mir einen Mitarbeiter", "verbinden Sie mich mit jemandem".
    `(?:echte[nrs]?|richtige[nrs]?|lebende[nrs]?|wirkliche[nrs]?) (?:mensch\\S*|person|mitarbeiter\\S*)`,
    `(?:mensch\\S*|mitarbeiter\\S*|kolleg\\S*|berater\\S*) bitte`,
    `(?:verbinden|verbinde|geben|gib|holen|hol|leiten|rufen)(?: sie)? (?:mich|mir|uns)(?: \\S+){0,5} (?:mensch\\S*|mitarbeiter\\S*|person|kolleg\\S*|berater\\S*|jemand\\S*)`,
    `(?:brauche|möchte|will|hätte gern)(?: \\S+){0,2} (?:einen|eine|ein|mit einem|mit einer) (?:\\S+ )?(?:mensch\\S*|mitarbeiter\\S*|ansprechpartner\\S*)`,
    `kein(?:en)? (?:bot|roboter|computer|maschine)`,
    `(?:hablar|comunicar\\S*|conectar\\S*) con (?:un|una|alguna|su|el|la) ?(?:persona|humano|agente|operador\\S*|asesor\\S*|encargado|supervisor\\S*)`,
    `(?:una |un |alguna )(?:persona|humano|agente|asesor\\S*|operador\\S*)(?: (?:real|de verdad|humano|humana|de carne y hueso))(?: por favor)?`,
    `(?:una persona|un humano|un agente|un asesor|un operador\\S*),? por favor`,
    `(?:páseme|pásame|póngame|ponme|comuníqueme|conécteme)(?: \\S+){0,2} con (?:\\S+ )?(?:alguien|persona|humano|agente|operador\\S*|asesor\\S*|encargad\\S*|supervisor\\S*)`,
    `(?:quiero|necesito|prefiero|quisiera)(?: (?:hablar con|que me atienda))? (?:una persona|un humano|un agente|alguien)`,
    `(?:une |un )(?:vraie? |véritable )?(?:personne|humain|conseill\\S+|agent|être humain)(?: (?:réelle?|humaine?))?,? s'il (?:vous|te) plaît`,
    `(?:une vraie personne|un vrai humain|un être humain|un humain|une personne réelle|un conseiller humain)`,
    `passez[- ]moi (?:quelqu'un|un\\S* \\S+|votre \\S+)`,
    `(?:uma|um) (?:pessoa|humano|atendente|operador\\S*|assistente)(?: (?:real|de verdade|humano|humana))?,? (?:por favor|se faz favor)`,
    `(?:uma pessoa|um atendente|um humano) (?:real|de verdade|humano)`,
    `(?:passe|passa|transfira|transfere|ligue)(?:-me| me)?(?: \\S+){0,2} (?:a|para|com) (?:\\S+ )?(?:alguém|pessoa|humano|atendente|colega|gerente|operador\\S*)`,
    `(?:una persona|un operatore|un'operatrice|un umano)(?: (?:reale|vera|umano|in carne e ossa))?,? (?:per favore|per cortesia)`,
    `(?:una persona vera|una persona reale|un operatore umano)`,
    `(?:mi passi|mi metta in contatto con|vorrei|voglio) (?:un operatore|una persona|un umano|qualcuno)`,
    `(?:een echt(?:e)? (?:mens|persoon|medewerker)|een mens,? (?:alstublieft|graag))`,
    `parler (?:à|avec) (?:un|une|votre|quelqu'un) ?(?:\\S+ )?(?:humain\\S*|personne|conseiller\\S*|responsable|agent)?`,
    `falar com (?:um|uma|o|a|algum|alguma) ?(?:pessoa|humano|atendente|gerente|responsável|alguém)`,
    `parlare con (?:un|una|il|la|qualcuno) ?(?:persona|umano|operatore|operatrice|responsabile)?`,
    `(?:met|aan) (?:een|iemand|uw) ?(?:\\S+ )?(?:mens|medewerker|persoon|collega)? ?(?:spreken|praten)`,
    `(?:rozmawiać|porozmawiać|połączyć|połączenie) z (?:człowiekiem|konsultantem|osobą|pracownikiem)`,
    `(?:поговорить|соедините|позовите|связаться|переключите)(?: \\S+){0,3} (?:человек\\S*|оператор\\S*|менеджер\\S*|специалист\\S*)`,
    `(?:поговорити|з'єднайте|покличте|переключіть)(?: \\S+){0,3} (?:людин\\S*|оператор\\S*|менеджер\\S*)`,
    `(?:insan|temsilci|yetkili|müşteri temsilcisi)\\S*(?: \\S+){0,2} (?:konuş|görüş|bağlan)\\S*`,
    `живой человек|жива людина|оператора`,
  ),
  anywhere(
    '(?:أريد|اريد|ابغى)[^.]{0,20}(?:التحدث|اتكلم|أتكلم)[^.]{0,15}(?:شخص|موظف|إنسان)',
    '转人工',
    '人工(?:客服|服务)',
    '真人',
    '轉人工',
    '人と話',
    '担当者',
    'オペレーター',
  ),
]

const DECLINED = anyOf(
  `(?:can ?not|can'?t|unable to|not able to|not possible to)(?: \\w+){0,3} (?:transfer|connect|put|hand|pass|reach|escalate)`,
  `(?:no|none of our) (?:\\w+ )?(?:operators?|agents?|humans?|colleagues?|representatives?|one|person)(?: \\w+){0,2} (?:available|online|here|free)`,
  `there (?:is|are) no (?:one|human|operators?|person)`,
  `i(?:'m| am) (?:the only one|all there is)`,
  `keine[rn]? (?:mitarbeiter|kollege)\\S* (?:verfügbar|frei)`,
  `no hay (?:nadie|agentes|operadores)`,
)

export const asksForHuman = (text: string): boolean =>
  ASKS.some((phrases) => phrases.test(text.slice(0, 2000).replaceAll('’', "'")))

export const declinesHuman = (text: string): boolean => DECLINED.test(text.slice(0, 2000).replaceAll('’', "'"))
