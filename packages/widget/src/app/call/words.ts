/** The words of a call in English, and those of the other languages: they come with its code, which only visitors who call load. `{name}` is filled in. */
import { language } from '../texts.ts'
import { en, type Words } from './words-en.ts'
import { ar, es, fr, pt } from './words-more.ts'

const de: Words = {
  call: 'Anruf',
  title: '{name} anrufen',
  titlePerson: 'Rufen Sie uns an',
  aiNotice: 'Sie sprechen mit einer KI. Sie können jederzeit nach einem Menschen fragen.',
  peopleNotice: 'Ein Mensch wird antworten.',
  recorded: 'Der Anruf wird aufgezeichnet.',
  micNotice: 'Ihr Browser wird nach dem Mikrofon fragen.',
  start: 'Jetzt anrufen',
  notNow: 'Nicht jetzt',
  asking: 'Warten auf das Mikrofon',
  starting: 'Es klingelt',
  talking: 'Im Gespräch,',
  ai: 'Sie sprechen mit einer KI',
  person: 'Sie sprechen mit einem Menschen',
  waiting: 'Es wird ein Mensch gesucht',
  position: 'Es wird ein Mensch gesucht. Sie sind Nummer {count}',
  outside: 'Sie werden verbunden',
  cut: 'Die Verbindung ist unterbrochen. Sie wird wiederhergestellt',
  mute: 'Stumm',
  hangUp: 'Anruf beenden',
  end: 'Auflegen',
  type: 'Schreiben',
  typeLong: 'Stattdessen im Chat schreiben',
  show: 'Zurück zum Anruf',
  over: 'Der Anruf ist beendet',
  overLost: 'Die Verbindung ist verloren gegangen',
  overFailed: 'Der Anruf konnte nicht gehalten werden',
  overMore: 'Das Gesagte steht im Chat.',
  back: 'Zurück zum Chat',
  denied: 'Das Mikrofon ist hier nicht erlaubt. Erlauben Sie es im Browser oder schreiben Sie im Chat weiter.',
  missing: 'Es wurde kein Mikrofon gefunden. Sie können im Chat weiterschreiben.',
  busy: 'Ein anderes Programm benutzt das Mikrofon. Schließen Sie es oder schreiben Sie im Chat weiter.',
  insecure: 'Anrufe brauchen eine sichere Verbindung. Sie können im Chat weiterschreiben.',
  micLost: 'Ihr Mikrofon ist weg: Man hört Sie nicht.',
  micAgain: 'Wieder ein Mikrofon benutzen',
  silent: 'Ihr Browser hält den Ton zurück.',
  listen: 'Ton einschalten',
  chatInstead: 'Im Chat weiterschreiben',
  again: 'Erneut versuchen',
  recordedNow: 'Wird aufgezeichnet',
  paused: 'Die Aufzeichnung ist angehalten',
  unreachable: 'Anrufe sind zurzeit nicht möglich. Sie können im Chat weiterschreiben.',
  notOffered: 'Anrufe werden hier nicht mehr angeboten. Sie können im Chat weiterschreiben.',
  you: 'Sie',
  they: 'Gegenüber',
}

const TABLES: Record<string, Words> = { de, es, fr, pt, ar }
const words = TABLES[language.slice(0, 2).toLowerCase()] ?? en

export const w = (key: keyof Words, given: Record<string, string | number> = {}): string =>
  words[key].replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ''))
