/** What a file is, told by its first bytes; what its sender calls it is believed only where the bytes agree. */

export interface FileType {
  mediaType: string
  /** The names it may go by; the first is given to a file that has none of them. */
  extensions: readonly string[]
}

interface Signature extends FileType {
  matches(head: Uint8Array): boolean
}

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte)
const ascii = (head: Uint8Array, at: number, length: number): string =>
  Buffer.from(head.subarray(at, at + length)).toString('latin1')
const says = (at: number, word: string) => (head: Uint8Array) => ascii(head, at, word.length) === word
const riff = (kind: string) => (head: Uint8Array) => says(0, 'RIFF')(head) && says(8, kind)(head)
const brand = (pattern: RegExp) => (head: Uint8Array) => says(4, 'ftyp')(head) && pattern.test(ascii(head, 8, 4))

const OFFICE: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
}
const OLD_OFFICE: Record<string, string> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
}
const TEXT: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  ics: 'text/calendar',
  vcf: 'text/vcard',
}
const TEXT_EXTENSIONS = ['txt', 'md', 'csv', 'tsv', 'log', 'json', 'yaml', 'yml', 'ics', 'vcf', 'srt']

const SIGNATURES: readonly Signature[] = [
  {
    mediaType: 'image/png',
    extensions: ['png'],
    matches: (h) => startsWith(h, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], matches: (h) => startsWith(h, 0xff, 0xd8, 0xff) },
  { mediaType: 'image/gif', extensions: ['gif'], matches: (h) => says(0, 'GIF87a')(h) || says(0, 'GIF89a')(h) },
  { mediaType: 'image/webp', extensions: ['webp'], matches: riff('WEBP') },
  { mediaType: 'image/avif', extensions: ['avif'], matches: brand(/^avi[fs]$/) },
  { mediaType: 'image/heic', extensions: ['heic', 'heif'], matches: brand(/^(hei[cxms]|hev[cx]|mif1|msf1)$/) },
  {
    mediaType: 'image/tiff',
    extensions: ['tif', 'tiff'],
    matches: (h) => startsWith(h, 0x49, 0x49, 0x2a, 0) || startsWith(h, 0x4d, 0x4d, 0, 0x2a),
  },
  { mediaType: 'application/pdf', extensions: ['pdf'], matches: says(0, '%PDF-') },
  { mediaType: 'audio/wav', extensions: ['wav'], matches: riff('WAVE') },
  {
    mediaType: 'audio/mpeg',
    extensions: ['mp3'],
    matches: (h) => says(0, 'ID3')(h) || (h[0] === 0xff && (h[1]! & 0xe6) === 0xe2),
  },
  { mediaType: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'], matches: says(0, 'OggS') },
  { mediaType: 'audio/flac', extensions: ['flac'], matches: says(0, 'fLaC') },
  { mediaType: 'audio/mp4', extensions: ['m4a'], matches: brand(/^M4[AB] $/) },
  { mediaType: 'video/quicktime', extensions: ['mov'], matches: brand(/^qt {2}$/) },
  {
    mediaType: 'video/mp4',
    extensions: ['mp4', 'm4v'],
    matches: brand(/^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|3gp\d|dash)$/),
  },
  { mediaType: 'video/webm', extensions: ['webm', 'mkv'], matches: (h) => startsWith(h, 0x1a, 0x45, 0xdf, 0xa3) },
  { mediaType: 'application/rtf', extensions: ['rtf'], matches: says(0, '{\\rtf') },
  { mediaType: 'application/gzip', extensions: ['gz', 'tgz'], matches: (h) => startsWith(h, 0x1f, 0x8b) },
  {
    mediaType: 'application/zip',
    extensions: ['zip', ...Object.keys(OFFICE)],
    matches: (h) => startsWith(h, 0x50, 0x4b, 3, 4),
  },
  {
    mediaType: 'application/x-ole-storage',
    extensions: Object.keys(OLD_OFFICE),
    matches: (h) => startsWith(h, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
  },
]

/**
 * The type of a file, or undefined for what is not taken: programs, scripts, web pages (SVG and XML too) and anything unknown. Nothing
 * is ever unpacked or parsed, so a hostile archive or image does no harm here.
 */
export function detectType(head: Uint8Array): FileType | undefined {
  const signed = SIGNATURES.find((s) => s.matches(head))
  if (signed) return signed
  return isPlainText(head) ? { mediaType: 'text/plain', extensions: TEXT_EXTENSIONS } : undefined
}

/** Containers of moving pictures that hold nothing but sound. */
const SOUND_ONLY: readonly FileType[] = [
  { mediaType: 'audio/webm', extensions: ['webm', 'weba', 'mka'] },
  { mediaType: 'audio/mp4', extensions: ['m4a', 'mp4'] },
]

export const audioType = (mediaType: string): FileType | undefined =>
  [...SOUND_ONLY, ...SIGNATURES].find((type) => type.mediaType === mediaType)

function isPlainText(head: Uint8Array): boolean {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return false
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: telling text from binary is what this is for
  if (/[\0-\x08\x0b\x0e-\x1f]/.test(text)) return false
  const begin = text.replace(/^\uFEFF/, '').trimStart()
  return !begin.startsWith('#!') && !/^<[!?/a-z]/i.test(begin)
}

/** A name that is safe to show, to save, and true to the type: `invoice.pdf.exe` that is text becomes `invoice.pdf.exe.txt`. */
export function nameFor(given: string, type: FileType): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control and direction marks disguise an ending
    .replace(/[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const name = shorten(clean || 'file', 120)
  return type.extensions.includes(extensionOf(name)) ? name : `${name}.${type.extensions[0]}`
}

/** The precise type, where the extension tells apart what shares its first bytes. */
export function mediaTypeFor(name: string, type: FileType): string {
  const extension = extensionOf(name)
  if (type.mediaType === 'application/zip') return OFFICE[extension] ?? type.mediaType
  if (type.mediaType === 'application/x-ole-storage') return OLD_OFFICE[extension] ?? type.mediaType
  if (type.mediaType === 'text/plain') return TEXT[extension] ?? type.mediaType
  return type.mediaType
}

const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** Cuts the middle, so that beginning and ending stay; never inside a surrogate pair. */
function shorten(name: string, max: number): string {
  const letters = [...name]
  return letters.length <= max ? name : `${letters.slice(0, max - 24).join('')}…${letters.slice(-20).join('')}`
}
