/** Which conversations a member opened last in this browser: ids only, since names do not belong in its storage. */

const MOST = 6
const nameOf = (memberId: string) => `earshot.recent.${memberId}`

export function recentlyOpened(memberId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(memberId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

export function rememberOpened(memberId: string, id: string): void {
  const kept = [id, ...recentlyOpened(memberId).filter((one) => one !== id)].slice(0, MOST)
  try {
    localStorage.setItem(nameOf(memberId), JSON.stringify(kept))
  } catch {
    // Storage may be forbidden: then nothing is recent.
  }
}
