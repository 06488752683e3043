/** The engine where no media hub is: every call is unreachable, and nothing is ever told of one. */
import type { CallEngine } from '@earshot/voice'

const away = async (): Promise<never> => {
  throw new Error('no media hub runs')
}

export const noEngine: CallEngine = {
  identify: away,
  prepare: away,
  openAgent: away,
  attachHuman: away,
  setFloor: away,
  expectLeg: away,
  dial: away,
  drop: away,
  toAgent: away,
  play: away,
  record: away,
  hangup: away,
  snapshot: away,
  list: away,
  async *events() {
    yield* []
  },
  recording: away,
  forgetRecording: away,
}
