/** Words for codes that the server or an analyser gives; what is no known code is somebody's own words and shown as they are. */
import i18next from 'i18next'

type Area = 'reason' | 'flag.code' | 'quality.part' | 'emotion'

export function codeWords(area: Area, code: string): string {
  const key = `conversations:${area}.${code}`
  // A sentence may hold dots and colons, which mean something in a key.
  return /^[a-z_]+$/.test(code) && i18next.exists(key) ? String(i18next.t(key as 'conversations:reason.other')) : code
}
