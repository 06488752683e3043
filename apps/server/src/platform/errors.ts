/** The only error services throw on purpose. The HTTP edge turns it into problem+json. */
import { ERRORS, type ErrorCode } from '@earshot/contracts'

export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(ERRORS[code].title, options)
    this.code = code
    this.details = details
  }
}
