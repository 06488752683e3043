/** One line of an answer without its Markdown: a preview shows words, not stars. */

const MARKS: readonly [RegExp, string][] = [
  [/```[a-z]*\n?|```/gi, ''],
  [/!?\[([^\]]*)\]\([^)]*\)?/g, '$1'],
  [/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, ''],
  [/(\*\*|__)(.*?)\1/g, '$2'],
  [/(?<![\p{L}\p{N}*_])([*_])(\S(?:.*?\S)?)\1(?![\p{L}\p{N}*_])/gu, '$2'],
  [/`([^`]*)`/g, '$1'],
  // The end of a preview may have cut a pair in two.
  [/\*\*|__(?=\S)/g, ''],
  [/\s+/g, ' '],
]

export const plainPreview = (text: string): string =>
  MARKS.reduce((line, [mark, kept]) => line.replace(mark, kept), text).trim()
