/** The models that ship with this package, each read when it is first asked for. */
import type { LinearModel } from './linear-model.ts'
import { loadModel } from './load-model.ts'

const once = (name: string): (() => LinearModel) => {
  let model: LinearModel | undefined
  return () => {
    model ??= loadModel(name)
    return model
  }
}

/** 27 emotions and neutral, of English. */
export const emotionModel = once('emotions')
/** Positive, negative, ambiguous, neutral, of English. It sees the same features as the emotions. */
export const emotionGroupModel = once('emotion-groups')
/** Positive or negative, of 42 languages. */
export const toneModel = once('tone')
/** An English answer that could not find, do or know what was asked. */
export const couldNotHelpModel = once('could-not-help')
