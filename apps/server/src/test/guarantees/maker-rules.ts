/** Makes own flags, alerts and drafts of the rubric. */
import type { TestWorkspace } from '../app.ts'

export const RULE = {
  match: 'all',
  groups: [{ match: 'any', conditions: [{ is: 'words', by: 'contact', phrases: ['refund'] }] }],
}
export const flagNamed = (name: string) => ({ name, severity: 'review', rule: RULE })
export const alertNamed = (name: string) => ({
  name,
  watch: { kind: 'metric', metric: 'handoff_rate' },
  compare: 'over',
  warnAt: 20,
  alertAt: 40,
  windowMinutes: 60,
})

export function ruleThings(
  { people }: TestWorkspace,
  { text, post }: { text(what: string): string; post(path: string, body?: unknown): Promise<{ id: string }> },
) {
  const { caller } = people.owner
  return {
    flagRule: async (): Promise<string> => (await post('/api/v1/flag-rules', flagNamed(text('flag')))).id,
    async alert(): Promise<string> {
      return (await caller.post('/api/v1/alerts', alertNamed(text('alert')))).body.alert.id
    },
    /** The revision of a draft that there is. */
    async rubricDraft(): Promise<number> {
      return (await caller.post('/api/v1/rubric/versions/1/restore')).body.revision
    },
  }
}
