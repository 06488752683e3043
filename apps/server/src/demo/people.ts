/** The people of the demo: names by language, and addresses that are reserved for examples, so that nobody real is meant or reached. */
import type { Chance } from './random.ts'

export interface Person {
  /** Names the contact, so that one person's conversations belong together. */
  key: string
  first: string
  name: string
  email: string | null
  phone: string | null
  locale: string
  city: string
}

interface Country {
  locale: string
  first: string
  last: string
  cities: string
  /** `#` is a digit. Ranges set aside for fiction where a country has one. */
  phone: string
}

const COUNTRIES: Record<string, Country> = {
  en: {
    locale: 'en-GB',
    first:
      'Maya Oliver Priya Callum Thea Marcus Imogen Devon Rosa Felix Zara Noel Hattie Kwame Iris Jonah Leila Owen Tamsin Reuben',
    last: 'Ashdown Brackley Castell Dunmore Ellery Fairweather Greaves Holloway Inskip Jessop Kettering Lorne Marlowe Norwood Okafor Pryce Quill Rowntree Sayer Thorne',
    cities: 'Bristol Leeds Cardiff Norwich Dublin Glasgow',
    phone: '+44 7700 900###',
  },
  de: {
    locale: 'de-DE',
    first: 'Maren Jonas Lena Tobias Frieda Emil Katrin Moritz Annika Bastian',
    last: 'Vogtland Kirschbaum Lindner Rosenau Steinkamp Wiesner Brandt Hollmann Eickhoff Mertens',
    cities: 'Kassel Bremen Leipzig Freiburg Wien Zürich',
    phone: '+49 30 23125 ###',
  },
  es: {
    locale: 'es-ES',
    first: 'Lucía Mateo Carmen Diego Inés Álvaro Sofía Bruno Elena Tomás',
    last: 'Robledo Montalbán Cifuentes Arce Villalba Sorolla Peñalver Quesada Luján Osorio',
    cities: 'Valencia Sevilla Bilbao Zaragoza Montevideo',
    phone: '+34 600 000 ###',
  },
  fr: {
    locale: 'fr-FR',
    first: 'Camille Hugo Manon Théo Clémence Lucas Margaux Basile Élodie Rémi',
    last: 'Delcourt Vasseur Marchandier Lacombe Rivoire Bellerose Fontanel Girardot Pasquet Tessier',
    cities: 'Lyon Nantes Lille Bordeaux Genève',
    phone: '+33 6 39 98 ## ##',
  },
  pt: {
    locale: 'pt-BR',
    first: 'Beatriz Rafael Mariana Thiago Larissa Caio Helena Vítor Joana Duarte',
    last: 'Alvarenga Bragança Cardim Drumond Falcão Guedes Lacerda Moura Queiroga Salgado',
    cities: 'Porto Recife Curitiba Lisboa Braga',
    phone: '+351 910 000 ###',
  },
  it: {
    locale: 'it-IT',
    first: 'Giulia Lorenzo Chiara Matteo Elisa Davide Marta Nicolò',
    last: 'Belmonte Cortesi Fabbri Lombardini Marchetti Orsi Pellegrin Santoro',
    cities: 'Torino Bologna Verona Bari',
    phone: '+39 320 0000 ###',
  },
  nl: {
    locale: 'nl-NL',
    first: 'Sanne Daan Femke Bram Lotte Sjoerd Noor Thijs',
    last: 'Verhagen Kuipers Meijer Dekkers Hoekstra Postma Wiersma Blom',
    cities: 'Utrecht Groningen Gent Breda',
    phone: '+31 6 1234 0###',
  },
  pl: {
    locale: 'pl-PL',
    first: 'Zuzanna Kacper Hanna Igor Oliwia Szymon Maja Filip',
    last: 'Borowik Czarnota Jaworek Krasny Lisiecki Malinowicz Sowa Wrona',
    cities: 'Gdańsk Kraków Poznań Łódź',
    phone: '+48 500 000 ###',
  },
  fi: {
    locale: 'fi-FI',
    first: 'Aino Eetu Helmi Onni Siiri Veeti Ilona Oskari',
    last: 'Aaltola Harjunpää Kallio Lehtola Niemelä Rantala Salmela Virtala',
    cities: 'Turku Oulu Tampere Kuopio',
    phone: '+358 40 000 0###',
  },
  uk: {
    locale: 'uk-UA',
    first: 'Олена Тарас Ірина Назар Соломія Остап Дарина Маркіян',
    last: 'Кравець Левченко Мороз Пасічник Гончар Яремчук Заболотна Бойчук',
    cities: 'Львів Київ Одеса Полтава',
    phone: '+380 50 000 0###',
  },
  ar: {
    locale: 'ar',
    first: 'ليلى كريم سلمى ياسين نور طارق هالة سامر',
    last: 'الحداد القاسم النجار الخطيب الصالح العطار البستاني الرفاعي',
    cities: 'عمّان دبي القاهرة بيروت',
    phone: '+962 7 9000 0###',
  },
  zh: {
    locale: 'zh-CN',
    first: '晓雯 子涵 一诺 思远 雨桐 浩然 佳怡 明轩',
    last: '林 周 沈 许 唐 顾 陆 叶',
    cities: '杭州 成都 南京 厦门',
    phone: '+86 130 0000 0###',
  },
  ja: {
    locale: 'ja-JP',
    first: '陽菜 蓮 結衣 悠斗 美桜 湊 さくら 大和',
    last: '森下 青木 藤野 北川 白石 榎本 西村 三浦',
    cities: '京都 札幌 福岡 仙台',
    phone: '+81 90 0000 0###',
  },
}

const FAMILY_FIRST = new Set(['zh', 'ja'])
const DOMAINS = ['example.com', 'example.org', 'example.net']

/** The same language and number always name the same person. */
export function personOf(language: string, number: number, chance: Chance): Person {
  const country = COUNTRIES[language] ?? COUNTRIES.en!
  const firsts = country.first.split(' ')
  const lasts = country.last.split(' ')
  const first = firsts[number % firsts.length]!
  // Steps through the other list at its own pace, so that names repeat only after all pairs.
  const last = lasts[(number * 7 + Math.floor(number / firsts.length)) % lasts.length]!
  const known = chance.next()
  return {
    key: `${language}-${number}`,
    first,
    name: FAMILY_FIRST.has(language) ? `${last}${language === 'ja' ? ' ' : ''}${first}` : `${first} ${last}`,
    email:
      known < 0.7 ? `${latin(first, language, number)}.${latin(last, language, number)}@${chance.pick(DOMAINS)}` : null,
    phone: known > 0.45 ? country.phone.replaceAll('#', () => String(chance.whole(0, 9))) : null,
    locale: country.locale,
    city: chance.pick(country.cities.split(' ')),
  }
}

/** How many people of a language there are before names repeat. */
export function peopleOf(language: string): number {
  const { first, last } = COUNTRIES[language] ?? COUNTRIES.en!
  return first.split(' ').length * Math.min(3, last.split(' ').length)
}

/** What may stand before an @; names in other scripts become the person's number. */
function latin(name: string, language: string, number: number): string {
  const plain = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return plain || `${language}${number}`
}

export const localeOf = (language: string): string => (COUNTRIES[language] ?? COUNTRIES.en!).locale
