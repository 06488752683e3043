/** Suggested tags: the workspace's own whose words were said, then plain topics of customer conversations. */
import type { Estimated } from './contract.ts'
import type { Facts } from './facts.ts'
import { anyOf, covered, topicWords } from './text/words.ts'

const TOPICS: [string, RegExp][] = [
  [
    'refund',
    anyOf(
      `refund\\w*`,
      `money back`,
      `reimburse\\w*`,
      `erstatt\\w*`,
      `reembols\\w*`,
      `rembours\\w*`,
      `rimbors\\w*`,
      `возврат\\S*`,
    ),
  ],
  ['cancellation', anyOf(`cancel\\w*`, `terminat\\w*`, `kündig\\w*`, `stornier\\w*`, `annul\\w*`, `отмен\\S*`)],
  [
    'delivery',
    anyOf(
      `deliver\\w*`,
      `shipping`,
      `shipment`,
      `parcel`,
      `package`,
      `courier`,
      `tracking`,
      `liefer\\w*`,
      `envío`,
      `livraison`,
      `entrega`,
      `spedizion\\w*`,
      `bezorg\\w*`,
      `доставк\\S*`,
    ),
  ],
  [
    'billing',
    anyOf(
      `invoice\\w*`,
      `bill(?:s|ing|ed)?`,
      `charged?`,
      `payment\\w*`,
      `rechnung\\w*`,
      `factura\\w*`,
      `facture\\w*`,
      `fatura\\w*`,
      `fattura\\w*`,
      `счёт`,
      `оплат\\S*`,
    ),
  ],
  [
    'pricing',
    anyOf(
      `price\\w*`,
      `pricing`,
      `cost\\w*`,
      `quote`,
      `how much`,
      `discount\\w*`,
      `preis\\w*`,
      `precio\\w*`,
      `prix`,
      `preço\\w*`,
      `prezzo`,
      `цен[аы]`,
    ),
  ],
  ['booking', anyOf(`book(?:ing|ed)?`, `reserv\\w*`, `buchung\\w*`, `prenotazion\\w*`, `réserv\\w*`, `брон\\S*`)],
  [
    'appointment',
    anyOf(
      `appointment\\w*`,
      `schedul\\w*`,
      `viewing`,
      `termin\\w*`,
      `cita`,
      `rendez-vous`,
      `consulta`,
      `appuntamento`,
      `afspraak`,
    ),
  ],
  ['account', anyOf(`account`, `password`, `log ?in`, `sign ?in`, `username`, `konto`, `cuenta`, `compte`, `conta`)],
  [
    'technical issue',
    anyOf(
      `(?:not|n't) work(?:ing)?`,
      `broken`,
      `error`,
      `bug`,
      `crash\\w*`,
      `defect\\w*`,
      `kaputt`,
      `fehler`,
      `не работает`,
      `не працює`,
    ),
  ],
  [
    'complaint',
    anyOf(
      `complain\\w*`,
      `unacceptable`,
      `beschwer\\w*`,
      `queja`,
      `réclamation`,
      `reclamo`,
      `reclama\\w*`,
      `жалоб\\S*`,
    ),
  ],
  ['order', anyOf(`order(?:s|ed)?`, `bestell\\w*`, `pedido\\w*`, `commande\\w*`, `ordine`, `заказ\\S*`)],
  ['return', anyOf(`return (?:it|this|an?|the|my|item)`, `exchange`, `rücksend\\w*`, `devol\\w*`)],
]

export const suggestTags = ({ reading }: Facts): Estimated<string>[] => {
  const own = (reading.options.taxonomy?.tags ?? []).flatMap((tag) => {
    const needles = topicWords(tag.replaceAll(/[_:-]/g, ' '))
    const said = reading.contact.filter(({ topic }) => needles.size > 0 && covered(needles, topic) === 1)
    return said.length > 0 ? [suggestion(tag, 0.7, said)] : []
  })
  const known = new Set(own.map(({ value }) => value?.toLowerCase()))
  const topics = TOPICS.flatMap(([tag, phrases]) => {
    const said = reading.contact.filter(({ text }) => phrases.test(text.slice(0, 2000)))
    return said.length > 0 && !known.has(tag) ? [{ tag, said }] : []
  })
    .sort((a, b) => b.said.length - a.said.length)
    .slice(0, 3)
  return [...own.slice(0, 8), ...topics.map(({ tag, said }) => suggestion(tag, said.length > 1 ? 0.65 : 0.5, said))]
}

const suggestion = (value: string, confidence: number, said: { position: number }[]): Estimated<string> => ({
  value,
  confidence,
  by: 'rule',
  evidence: said.slice(0, 6).map(({ position }) => ({ position })),
})
