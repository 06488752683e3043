/** A call after a change, as the machine sees it. */
import type { Change, LegChange, LegView, Model } from './model.ts'

export function apply(model: Model, { call, legs }: Change): Model {
  const now = new Map(model.legs.map((leg) => [leg.id, leg]))
  for (const change of legs) now.set(change.id, legAfter(now.get(change.id), change))
  return { ...model, ...call, legs: [...now.values()] }
}

function legAfter(known: LegView | undefined, { id, add, role, state }: LegChange): LegView {
  const leg = known ?? {
    id,
    role: add?.role ?? 'listener',
    memberId: add?.memberId ?? null,
    label: add?.label ?? null,
    by: add?.by ?? 'browser',
    state: 'expected',
  }
  return { ...leg, ...(role && { role }), ...(state && { state }) }
}
