/** Turns what a failed call threw into a sentence that says what to do. */
import { ApiError } from '@earshot/client'
import type { ErrorCode } from '@earshot/contracts'
import i18next from 'i18next'
import { toast } from '../ui/Toasts.tsx'
import { AuthError } from './auth.ts'

export function problemText(error: unknown): string {
  if (error instanceof AuthError)
    return error.code === 'network' ? i18next.t('errors:network') : i18next.t('errors:internal')
  if (!(error instanceof ApiError)) return i18next.t('errors:internal')
  if (error.code === 'network' || error.code === 'unreadable') return i18next.t('errors:network')
  return hasWords(error.code) ? i18next.t(`errors:${error.code}`) : error.title
}

/** What goes under "Details": the code and the request's number, to hand to whoever runs the server. */
export function problemDetails(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return [error.status || null, error.code, error.requestId].filter(Boolean).join(' · ')
}

export const codeOf = (error: unknown): string | null => (error instanceof ApiError ? error.code : null)

/** The usual end of a mutation that failed. */
export const tellProblem = (error: unknown) => toast.failed(problemText(error))

/** Some come a moment after the first screen. */
export const hasWords = (code: string): code is ErrorCode => i18next.exists(`errors:${code}`)
