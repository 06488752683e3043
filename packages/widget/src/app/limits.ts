/** Limits of the server, known here so that nobody waits for a refusal. The contracts' own numbers come with their schemas, which are too large for a widget. */

/** Longest message, in UTF-16 units. */
export const MAX_MESSAGE = 16_000
/** Largest attachment, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024
