/** A reason not to start (or not to run a command) that the person at the terminal can act on: one clear sentence, no stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The sentence-ready reason of a failed system call: "permission denied", "no space left on device". */
export function systemReason(error: unknown): string {
  const code = errorCode(error)
  return (code && REASONS[code]) || (error instanceof Error ? error.message : String(error))
}

/** The `code` of a Node, driver or database error, if it carries one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  ENOENT: 'it does not exist and cannot be created',
  EEXIST: 'a file of that name is in the way',
  EADDRINUSE: 'it is already in use',
  EADDRNOTAVAIL: 'this machine has no such address',
}
