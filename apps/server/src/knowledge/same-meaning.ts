/** Words that customers and articles use for the same thing: found at a discount when the article says it differently. */

/** Groups by language; a word may stand in several. Written by hand from what shops and services are asked most. */
const GROUPS: Record<string, string[]> = {
  en: [
    'parcel package shipment delivery order item post',
    'deliver ship send arrive shipping delivery dispatch postage',
    'refund reimburse money repay return',
    'return exchange swap replace send',
    'cancel stop end terminate unsubscribe quit notice',
    'freeze freezer frozen fridge refrigerator',
    'price cost fee charge rate expensive cheap pricing plan',
    'pay payment invoice bill billing card checkout charge',
    'open opening hours closed close schedule weekend holiday',
    'hours time schedule opening',
    'saturday sunday weekend',
    'monday tuesday wednesday thursday friday weekday',
    'broken damaged defective faulty cracked smashed',
    'password login signin log sign credentials access',
    'reset forgot forgotten lost recover change',
    'account profile user',
    'discount coupon voucher promo promotion code sale',
    'warranty guarantee',
    'contact reach call phone email telephone',
    'address location shop located directions',
    'change edit modify update adjust alter',
    'delete remove erase',
    'track tracking status trace',
    'size sizing fit measurement',
    'wait delay late slow overdue',
    'human person operator agent colleague representative staff',
    'install setup set start configure',
    'language languages translate translation',
    'privacy data gdpr personal',
    'free gratis complimentary',
    'abroad international overseas foreign country countries worldwide',
    'job career vacancy hiring',
    'teammate colleague member coworker invite',
    'upgrade downgrade plan subscription',
    'website site page web homepage',
    'phone mobile smartphone',
  ],
  de: [
    'paket lieferung bestellung sendung versand',
    'liefern versenden schicken ankommen lieferung versand zustellung',
    'erstattung rückerstattung geld rückzahlung erstatten',
    'rückgabe umtausch zurückgeben zurücksenden retoure umtauschen widerruf',
    'kündigen stornieren abbestellen kündigung stornierung beenden',
    'preis kosten gebühr kostet teuer',
    'zahlen bezahlen zahlung rechnung karte',
    'geöffnet öffnungszeiten offen geschlossen uhrzeit',
    'samstag sonntag wochenende',
    'kaputt beschädigt defekt zerbrochen',
    'passwort kennwort anmelden login zugang',
    'rabatt gutschein code',
    'garantie gewährleistung',
    'kontakt erreichen telefon anrufen',
  ],
  fr: [
    'colis livraison commande envoi paquet',
    'livrer expédier envoyer arriver livraison expédition',
    'remboursement rembourser argent',
    'retour échange retourner échanger renvoyer',
    'annuler résilier résiliation annulation',
    'prix coût tarif frais coûte cher',
    'payer paiement facture carte',
    'ouvert horaires fermé ouverture heures',
    'samedi dimanche weekend',
    'cassé endommagé défectueux abîmé',
    'motpasse connexion identifiant accès',
    'remise réduction promo code bon',
  ],
  es: [
    'paquete envío pedido entrega',
    'enviar entregar llegar envío entrega',
    'reembolso devolver dinero devolución',
    'devolución cambio devolver cambiar',
    'cancelar anular baja cancelación',
    'precio coste tarifa cuesta caro costo',
    'pagar pago factura tarjeta',
    'abierto horario cerrado horas abren',
    'sábado domingo fin semana',
    'roto dañado defectuoso',
    'contraseña acceso clave sesión',
    'descuento cupón código',
  ],
}

/** The other words of the groups a word stands in. */
export function sameMeaning(language: string, word: string): string[] {
  const code = language.split('-')[0] ?? ''
  return [...(index(code).get(stemLightly(word)) ?? [])].filter((other) => other !== word)
}

const indexes = new Map<string, Map<string, Set<string>>>()

function index(code: string): Map<string, Set<string>> {
  const known = indexes.get(code)
  if (known) return known
  const made = new Map<string, Set<string>>()
  for (const group of GROUPS[code] ?? []) {
    const words = group.split(' ')
    for (const word of words) {
      const key = stemLightly(word)
      made.set(key, new Set([...(made.get(key) ?? []), ...words]))
    }
  }
  indexes.set(code, made)
  return made
}

/** "parcels", "delivering", "cancelled" meet "parcel", "deliver", "cancel". */
function stemLightly(word: string): string {
  if (word.length < 5) return word.replace(/s$/, '')
  return word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:es|s)$/, (end) => (/(?:ss|us|is)$/.test(word) ? end : ''))
    .replace(/(?:ing|ed|ery|er|en|ly)$/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/e$/, '')
}

/** Words of a question that say how it is asked, not what about: they hardly count. */
const COURTESY = new Set(
  (
    'please want need know tell help like would could can get got give say said question wonder wondering ask asking possible able let hello hi hey thanks thank ' +
    'think really actually maybe just also still something anything someone somebody anyone everyone thing things way much many long soon far often guys okay ok yes no yeah quick quickly ' +
    'make take use find see look going go come work works working happen happens mean right now today tomorrow yesterday try tried info information details explain understand ' +
    'says saying told said didnt doesnt dont cant havent hasnt isnt arent wasnt wont couldnt wouldnt im ive put choose pick bring offer allow allowed possible option options different another other best good new sure actually already yet ' +
    'whats back zurück habt seid lange bekomme bekommen bekommt kriege mach machen geht muss soll darf welche welcher welches ' +
    'ur u r ya yall pls plz policy policies rule rules conditions regulations guidelines procedure process ' +
    'bitte möchte brauche wissen sagen helfen hilfe frage kann können gibt habe haben hallo danke wie viel lange ' +
    'svp veux voudrais besoin savoir dire aide aider question peux pouvez bonjour merci combien est ce que ' +
    'quiero necesito saber decir ayuda pregunta puedo puede hola gracias cuánto cuanto favor'
  ).split(' '),
)
const COURTESY_STEMS = new Set([...COURTESY].filter((word) => word.length > 2).map(stemLightly))
export const isCourtesy = (word: string): boolean => COURTESY.has(word) || COURTESY_STEMS.has(stemLightly(word))

/** Words that say what is asked about a thing, not which thing: "what does a zeppelin cost" is about the zeppelin. */
const ATTRIBUTES = new Set(
  (
    'price prices pricing cost costs fee fees charge expensive cheap time times hour hours day days week weeks month months year years size weight colour color open opening close repair sell buy order rent book use ' +
    'preis kosten kostet gebühr zeit stunden tage wochen größe öffnungszeiten geöffnet offen verkauft verkaufen kaufen reparieren reparatur bestellen ' +
    'prix coûte coûtent tarif heure heures jour jours taille vendez vendre acheter réparer horaires ' +
    'precio cuesta costo coste horas horario días talla venden vender comprar reparar preço custa horário dias vendem prezzo costa orari giorni vendete prijs kost openingstijden verkopen cena kosztuje godziny sprzedajecie'
  ).split(' '),
)
export const isAttribute = (word: string): boolean => ATTRIBUTES.has(word)
