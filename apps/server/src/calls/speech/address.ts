/** Where a path of a provider lies below the base URL a person wrote, with or without its version at the end. */
export function addressOf(baseUrl: string, path: string): URL {
  const base = baseUrl.replace(/\/+$/, '')
  const version = /^\/v\d+/.exec(path)?.[0]
  return new URL(version && base.endsWith(version) ? base + path.slice(version.length) : base + path)
}
