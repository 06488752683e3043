/** What the contact says about the help itself: that it worked, that it did not, a refusal, a correction, an interest to buy. */
import { anyOf, anywhere } from '../text/words.ts'

const short = (text: string): string => text.slice(0, 2000).replaceAll('’', "'")

const CONFIRMS = [
  anyOf(
    `(?:it|that|this|everything)(?:'s| is| has)?(?: (?:now|finally|all|actually))* (?:works?|worked|working|fixed|solved|sorted|resolved)(?: now| fine| perfectly| again)?`,
    `that (?:worked|fixed it|solved it|did it|did the trick|answers? (?:my|the) question\\w*)`,
    `(?:problem|issue) (?:is )?(?:solved|fixed|resolved|gone)`,
    `(?:exactly|just) what i (?:needed|wanted|was looking for)`,
    `(?:i have|i've got|i got|that gives me) (?:everything|all (?:the information )?(?:that )?i need(?:ed)?)`,
    `(?:got|received) (?:it|the (?:email|e-mail|refund|confirmation|code))(?: (?:now|just now))?`,
    `(?:funktioniert|geht|klappt)(?: \\S+)? (?:jetzt|wieder)`,
    `(?:jetzt|nun) (?:funktioniert|geht|klappt)(?: es)?`,
    `(?:ya funciona|ya está (?:resuelto|solucionado)|problema resuelto)`,
    `ça (?:marche|fonctionne)(?: maintenant)?`,
    `(?:agora )?(?:funcionou|resolvido|deu certo)`,
    `(?:ora )?funziona(?: ora)?`,
    `(?:het )?werkt (?:nu|weer)`,
    `(?:już )?działa`,
    `(?:теперь |уже )?(?:заработало|всё работает|все работает|получилось)`,
    `(?:тепер |вже )?(?:запрацювало|все працює|вийшло)`,
    `(?:şimdi )?(?:çalıştı|oldu|düzeldi)`,
  ),
  anywhere('解决了', '好了，谢', '可以用了', '直りました', '解決しました', '使えるようになりました', 'تم حل', 'اشتغل'),
]
const DENIES = [
  anyOf(
    `(?:still|it|that|this)(?:'s| is| does| did| has)? ?(?:not|n'?t|doesn'?t|didn'?t|isn'?t|hasn'?t|won'?t)(?: \\w+){0,2} (?:work\\w*|help\\w*|solv\\w*|fix\\w*|arriv\\w*|answer\\w*|resolv\\w*)`,
    `(?:does|did)(?: not|n'?t) (?:work|help|fix|solve|answer)`,
    `still (?:broken|not|no|nothing|waiting|the same|doesn'?t|hasn'?t|isn'?t)`,
    `same (?:problem|issue|error)(?: again| as before)?`,
    `(?:funktioniert|geht)(?: \\S+){0,2} (?:nicht|immer noch nicht)`,
    `(?:sigue sin|no) (?:funciona\\w*|ayuda)`,
    `(?:ne )?(?:marche|fonctionne) (?:pas|toujours pas)`,
    `(?:ainda )?não (?:funciona|funcionou|resolveu)`,
    `(?:ancora )?non funziona`,
    `werkt (?:nog steeds )?niet`,
    `(?:nadal |dalej )?nie działa`,
    `(?:всё ещё |до сих пор )?не (?:работает|помогло)`,
    `(?:досі )?не (?:працює|допомогло)`,
    `(?:hala |hâlâ )?çalışmıyor`,
  ),
  anywhere('还是不行', '没有解决', '没用', 'まだ動き', '解決していません', 'لا يعمل', 'لم يحل'),
]
const CORRECTS = anyOf(
  `(?:no|nope|wrong)[,.! ]+(?:i (?:said|meant|mean|asked|told|want\\w*|need\\w*)|(?:that|it)'?s (?:not|wrong)|not (?:the|that|what|a)|the (?:other|one))`,
  `(?:that(?:'s| is| was)|it'?s) (?:not (?:what|right|correct|the)|wrong|incorrect)`,
  `i (?:already )?(?:said|told you|meant|asked|mentioned)`,
  `not what i`,
  `as i (?:said|mentioned|wrote)`,
  `i (?:just|already) (?:told|said|gave|sent|answered)`,
  `(?:again|once more)[,:]? (?:i|my|the)`,
  `you(?:'re| are) not (?:listening|reading|answering)`,
  `you (?:misunderstood|got it wrong|didn'?t (?:read|answer|listen))`,
  `(?:habe ich|ich habe)(?: \\S+){0,3} (?:schon|bereits) (?:gesagt|geschrieben)`,
  `ya (?:le |te |se )?(?:lo )?dije`,
  `j'ai déjà (?:dit|donné)`,
  `já (?:falei|disse|informei)`,
  `ho già (?:detto|dato)`,
  `(?:я )?уже (?:говорил\\S*|писал\\S*|сказал\\S*)`,
  `już (?:mówił\\S*|pisał\\S*|podał\\S*)`,
  `(?:я )?вже (?:казав|казала|писав|писала)`,
)
const REFUSES = anyOf(
  `(?:i'?m|i am|we'?re|we are) (?:really |just )?(?:not|no longer) interested`,
  `not interested`,
  `no longer (?:interested|need|want)`,
  `(?:i|we)(?:'ve| have)? (?:went|gone|decided to go|bought|chose|chosen|going) (?:with|from|elsewhere|somewhere else)(?: \\w+){0,3}`,
  `(?:stop|don'?t) (?:contacting|calling|messaging|writing|emailing)(?: me)?`,
  `unsubscribe`,
  `remove me`,
  `(?:i|we) (?:don'?t|do not) (?:want|need) (?:it|this|that|your|any)(?: \\w+){0,2}(?: anymore| any more)?`,
  `kein interesse`,
  `no me interesa`,
  `pas intéressée?`,
  `não tenho interesse`,
  `non mi interessa`,
  `geen interesse`,
  `nie jestem zainteresowan\\S*`,
  `не интересует`,
  `не цікавить`,
  `ilgilenmiyorum`,
)
const PRICE = [
  anyOf(
    `(?:how much(?! (?:time|long|longer|more|of)\\b)|what(?:'s| is| are| would be)? (?:the |your )?(?:price|cost|rate|fee|charge)s?|price(?:s| list)?|pricing|quote|quotation|estimate|cost(?:s)?|offer for|discount)`,
    `(?:was kostet|wie ?viel kostet|preis\\S*|angebot|kostenvoranschlag)`,
    `(?:cuánto (?:cuesta|vale|es)|precios?|presupuesto|cotización)`,
    `(?:combien (?:coûte|ça)|prix|devis|tarifs?)`,
    `(?:quanto custa|preços?|orçamento)`,
    `(?:quanto costa|prezz[oi]|preventivo)`,
    `(?:hoeveel kost|prijs|prijzen|offerte)`,
    `(?:ile kosztuje|cena|cennik|wycen\\S*)`,
    `(?:сколько стоит|цена|стоимость|прайс|расч[её]т)`,
    `(?:скільки коштує|ціна|вартість|прайс)`,
    `(?:ne kadar|fiyat\\S*|teklif)`,
  ),
  anywhere('多少钱', '价格', '报价', '费用', 'いくら', '料金', '価格', '見積', 'سعر', 'السعر', 'عرض سعر', 'بكم'),
]
const BUYS = anyOf(
  `(?:i|we)(?:'d| would)? (?:like|love|want|need) to (?:buy|order|purchase|sign up|subscribe|book|try|schedule|get started|upgrade|start|reserve)`,
  `(?:i'?ll|we'?ll|i will|let'?s) (?:take|buy|order|book|go ahead|go with|do it|sign)`,
  `(?:book|schedule|see|get|request) (?:a |the )?(?:demo|trial|visit|viewing|call|meeting|test drive|consultation)`,
  `free trial`,
  `(?:can|could) i (?:buy|order|purchase|book|reserve|get)`,
  `where (?:can|do) i (?:buy|order|sign)`,
  `ready to (?:buy|order|sign|start)`,
  `interested in (?:buying|your|the|a|purchasing|getting)`,
  `ich (?:möchte|würde gerne?|will)(?: \\S+){0,5} (?:kaufen|bestellen|buchen)`,
  `(?:quiero|quisiera|me gustaría) (?:comprar|pedir|reservar|contratar)`,
  `je (?:voudrais|veux|souhaite) (?:acheter|commander|réserver)`,
  `quero (?:comprar|reservar|contratar)`,
  `vorrei (?:comprare|ordinare|prenotare)`,
  `(?:хочу|хотел\\S* бы) (?:купить|заказать|оформить|забронировать)`,
  `(?:хочу|хотів|хотіла) (?:б )?(?:купити|замовити|забронювати)`,
  `chc(?:ę|iał\\S*)(?: \\S+)? (?:kupić|zamówić|zarezerwować)`,
)
const LATER = anyOf(
  `(?:get|come|be) back (?:to you |in touch )?(?:later|tomorrow|next|when|after|soon)`,
  `(?:talk|think) (?:it over|about it|to my)`,
  `(?:call|contact|write|remind|message|email) me (?:later|tomorrow|next|in|on|back|again)`,
  `(?:maybe|perhaps) (?:later|next|another)`,
  `not (?:right )?now`,
  `let me think`,
  `next (?:week|month|year) (?:maybe|perhaps)?`,
  `später (?:nochmal|wieder)`,
  `más tarde`,
  `plus tard`,
  `mais tarde`,
  `più tardi`,
  `позже`,
  `пізніше`,
  `później`,
)

const list =
  (phrases: RegExp[]) =>
  (text: string): boolean =>
    phrases.some((one) => one.test(short(text)))
export const denies = list(DENIES)
export const confirms = (text: string): boolean => list(CONFIRMS)(text) && !denies(text) && !/[?？؟]/u.test(text)
export const corrects = list([CORRECTS])
export const refuses = list([REFUSES])
export const asksPrice = list(PRICE)
export const wantsToBuy = list([BUYS])
export const putsOff = list([LATER])
