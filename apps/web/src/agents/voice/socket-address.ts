/** What a voice bot can be reached at. */
export const isSocketAddress = (url: string): boolean =>
  URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol) && new URL(url).hostname !== ''
