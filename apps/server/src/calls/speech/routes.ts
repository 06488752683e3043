/** HTTP edge of speech. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { sayAloud } from './say.ts'
import { getSpeech, setSpeech } from './speech-settings.ts'
import { testSpeech } from './test-speech.ts'

export function speechRoutes(bind: Bind): void {
  bind(api.getSpeech, (ctx) => getSpeech(ctx))
  bind(api.setSpeech, (ctx, { body }) => setSpeech(ctx, body))
  bind(api.testSpeech, (ctx) => testSpeech(ctx))
  bind(api.sayAloud, (ctx, { body }) => sayAloud(ctx, body))
}
