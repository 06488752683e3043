/** Which visit a page belongs to: the running one, or a new one after half an hour of nothing, a day, or with another campaign. */
import { type Campaign, campaignOf, isOtherCampaign } from './source.ts'

const IDLE_MS = 30 * 60_000
const LONGEST_MS = 24 * 60 * 60_000

export interface Running {
  startedAt: Date
  lastAt: Date
  utmSource: string | null
  utmMedium: string | null
  utmCampaign: string | null
  utmTerm: string | null
  utmContent: string | null
}

export function goesOn(visit: Running | undefined, page: { at: Date; url: string }): boolean {
  if (!visit) return false
  const idleMs = page.at.getTime() - visit.lastAt.getTime()
  const ageMs = page.at.getTime() - visit.startedAt.getTime()
  return idleMs < IDLE_MS && ageMs < LONGEST_MS && !isOtherCampaign(campaignOf(page.url), campaignIn(visit))
}

const campaignIn = (visit: Running): Campaign => ({
  source: visit.utmSource,
  medium: visit.utmMedium,
  campaign: visit.utmCampaign,
  term: visit.utmTerm,
  content: visit.utmContent,
})
