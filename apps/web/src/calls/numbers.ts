/** Telephone numbers as people type and read them. */

/** What was typed as E.164, or null when it is not a whole number in international form. */
export function asE164(typed: string): string | null {
  const bare = typed
    .trim()
    .replace(/^00/, '+')
    .replace(/\(0\)/, '')
    .replace(/[\s().\-/ ]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null
}

/** Why it is not one yet, for whoever is typing. */
export function numberProblem(typed: string): 'noCountry' | 'letters' | 'short' | 'long' | null {
  const bare = typed
    .trim()
    .replace(/^00/, '+')
    .replace(/\(0\)/, '')
    .replace(/[\s().\-/ ]/g, '')
  if (bare === '' || asE164(typed)) return null
  if (/[^\d+]/.test(bare) || bare.lastIndexOf('+') > 0) return 'letters'
  if (!bare.startsWith('+') || /^\+0/.test(bare)) return 'noCountry'
  return bare.length > 16 ? 'long' : 'short'
}

/** Calling codes and the country each leads to; of those that several share, the one with most numbers. */
const CODES =
  '1US7RU20EG27ZA30GR31NL32BE33FR34ES36HU39IT40RO41CH43AT44GB45DK46SE47NO48PL49DE51PE52MX53CU54AR55BR56CL57CO58VE60MY61AU62ID63PH64NZ65SG66TH' +
  '81JP82KR84VN86CN90TR91IN92PK93AF94LK95MM98IR211SS212MA213DZ216TN218LY220GM221SN222MR223ML224GN225CI226BF227NE228TG229BJ230MU231LR232SL' +
  '233GH234NG235TD236CF237CM238CV239ST240GQ241GA242CG243CD244AO245GW248SC249SD250RW251ET252SO253DJ254KE255TZ256UG257BI258MZ260ZM261MG262RE' +
  '263ZW264NA265MW266LS267BW268SZ269KM290SH291ER297AW298FO299GL350GI351PT352LU353IE354IS355AL356MT357CY358FI359BG370LT371LV372EE373MD374AM' +
  '375BY376AD377MC378SM380UA381RS382ME383XK385HR386SI387BA389MK420CZ421SK423LI500FK501BZ502GT503SV504HN505NI506CR507PA508PM509HT590GP591BO' +
  '592GY593EC594GF595PY596MQ597SR598UY599CW670TL672NF673BN674NR675PG676TO677SB678VU679FJ680PW681WF682CK683NU685WS686KI687NC688TV689PF690TK' +
  '691FM692MH850KP852HK853MO855KH856LA880BD886TW960MV961LB962JO963SY964IQ965KW966SA967YE968OM970PS971AE972IL973BH974QA975BT976MN977NP992TJ' +
  '993TM994AZ995GE996KG998UZ'

const countries = new Map([...CODES.matchAll(/(\d+)([A-Z]{2})/g)].map(([, code, country]) => [code!, country!]))

function codeOf(number: string): string | undefined {
  return [1, 2, 3].map((length) => number.slice(1, 1 + length)).find((code) => countries.has(code))
}

/** In the reader's own words; what shares a code is called by its biggest. */
export function countryOf(number: string): string | null {
  const code = codeOf(number)
  const country = code && countries.get(code)
  if (!country) return null
  return new Intl.DisplayNames(undefined, { type: 'region' }).of(country) ?? null
}

/** "+44 7700 900142": the country apart, the rest in pieces an eye can hold. */
export function prettyNumber(number: string): string {
  const code = /^\+\d+$/.test(number) ? codeOf(number) : undefined
  if (!code) return number
  const rest = number.slice(1 + code.length)
  const pieces = rest.length > 7 ? [rest.slice(0, rest.length - 6), rest.slice(-6)] : [rest]
  return [`+${code}`, ...pieces].join(' ')
}
