/** Makes a key that does not exist a type error. */
import 'i18next'
import type { en } from './resources.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof en
  }
}
