/** The text key of a scope: a colon would mean a namespace to i18next. */
import type { Scope } from '@earshot/contracts'

type Keyed<S extends string> = S extends '*' ? 'all' : S extends `${infer A}:${infer B}` ? `${A}_${B}` : S

export function scopeKey<S extends Scope>(scope: S): Keyed<S> {
  return (scope === '*' ? 'all' : scope.replace(':', '_')) as Keyed<S>
}
