/** Samples of the rubric, own flags and alerts. */
import { STANDARD_RUBRIC } from '@earshot/contracts'
import { alertNamed, flagNamed, RULE } from './maker-rules.ts'
import { none, one, type Sample } from './sample.ts'

export const RULES: Record<string, Sample> = {
  'rubrics.get': none,
  'rubrics.listVersions': none,
  'rubrics.saveDraft': async (make) => ({ body: { rubric: STANDARD_RUBRIC, revision: await make.rubricDraft() } }),
  'rubrics.discardDraft': none,
  'rubrics.preview': () => ({ body: { rubric: STANDARD_RUBRIC } }),
  'rubrics.switchOn': async (make) => ({ body: { revision: await make.rubricDraft(), note: make.text('note') } }),
  'rubrics.restore': () => ({ params: { version: '1' } }),
  'flagRules.list': none,
  'flagRules.create': (make) => ({ body: flagNamed(make.text('flag')) }),
  'flagRules.change': async (make) => ({ ...one(await make.flagRule()), body: flagNamed(make.text('flag')) }),
  'flagRules.delete': async (make) => one(await make.flagRule()),
  'flagRules.listVersions': async (make) => one(await make.flagRule()),
  'flagRules.test': () => ({ body: { rule: RULE } }),
  'alerts.list': none,
  'alerts.create': (make) => ({ body: alertNamed(make.text('alert')) }),
  'alerts.change': async (make) => ({ ...one(await make.alert()), body: alertNamed(make.text('alert')) }),
  'alerts.delete': async (make) => one(await make.alert()),
  'alerts.quiet': async (make) => ({ ...one(await make.alert()), body: { muted: false, snoozeMinutes: 60 } }),
  'alerts.look': (make) => ({ body: alertNamed(make.text('alert')) }),
  'alerts.test': async (make) => one(await make.alert()),
  'alerts.listChanges': async (make) => one(await make.alert()),
}
