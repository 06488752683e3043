/** Why one line of an import is refused, in words for the person who brings the file. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
