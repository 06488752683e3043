/** How the reader writes dates and numbers: their own kind of the language on the screen, such as British English. */

export function readerLocale(): string | undefined {
  if (typeof document === 'undefined') return undefined
  const { lang } = document.documentElement
  return navigator.languages.find((one) => one.split('-')[0] === lang.split('-')[0]) ?? (lang || undefined)
}
