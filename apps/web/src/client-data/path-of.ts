/** An address as people read it beside its website: path, query and fragment. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search, hash } = new URL(url)
  return safeDecode(pathname + search + hash)
}

/** Bidirectional control characters stay encoded: they could make an address read as another. */
function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path).replace(/[\p{Cc}\p{Cf}]/gu, encodeURIComponent)
  } catch {
    return path
  }
}
