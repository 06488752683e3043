/** Groups questions as they come: each joins the group it is nearest to, or begins one. What stands in a group is never moved by this. */
import type { Terms, Weights } from './read-terms.ts'

/** Cosine from which on two questions are one. Chosen on the training parts of banking77 and CLINC150, see `eval/groups.ts`. */
export const SAME_QUESTION = 0.42
/** How much the group's middle counts against its nearest member. */
const BY_MIDDLE = 0.6
/** Groups a workspace is believed to have at least: with few, no word is rare yet. */
const LEAST_GROUPS = 30

interface Group {
  id: string
  members: Terms[]
  /** What its members say together, for each language and across them. */
  middles: Map<string, Map<string, number>>
}

const ANY = '*'

export interface Joined {
  id: string
  similarity: number
}

export class Groups {
  readonly #groups = new Map<string, Group>()
  /** Term → the groups that have it. */
  readonly #having = new Map<string, Set<string>>()

  add(id: string, terms: Terms): void {
    const group: Group = this.#groups.get(id) ?? { id, members: [], middles: new Map() }
    this.#groups.set(id, group)
    group.members.push(terms)
    sum(group, terms.language, terms.own)
    sum(group, ANY, terms.shared)
    for (const term of terms.own.keys()) {
      const having = this.#having.get(term) ?? new Set()
      having.add(id)
      this.#having.set(term, having)
    }
  }

  /** The group it belongs to; undefined: it is a new question. */
  nearest(terms: Terms, least = SAME_QUESTION): Joined | undefined {
    let best: Joined | undefined
    for (const id of this.#candidates(terms.own)) {
      const similarity = this.#similarity(terms, this.#groups.get(id)!)
      if (similarity >= least && similarity > (best?.similarity ?? 0)) best = { id, similarity }
    }
    return best
  }

  #similarity(terms: Terms, { members, middles }: Group): number {
    const member = Math.max(
      ...members.map((one) =>
        one.language === terms.language ? this.#cosine(terms.own, one.own) : this.#cosine(terms.shared, one.shared),
      ),
    )
    const own = middles.get(terms.language)
    const middle = own ? this.#cosine(terms.own, own) : this.#cosine(terms.shared, middles.get(ANY)!)
    return BY_MIDDLE * middle + (1 - BY_MIDDLE) * member
  }

  #candidates(terms: Weights): Set<string> {
    const found = new Set<string>()
    for (const term of terms.keys())
      if (!term.startsWith('~')) for (const id of this.#having.get(term) ?? []) found.add(id)
    return found
  }

  #rarity(term: string): number {
    const total = Math.max(LEAST_GROUPS, this.#groups.size)
    return Math.log(1 + total / (1 + (this.#having.get(term)?.size ?? 0)))
  }

  #cosine(a: Weights, b: Weights): number {
    let dot = 0
    let ofA = 0
    let ofB = 0
    for (const [term, weight] of a) {
      const rarity = this.#rarity(term)
      ofA += (weight * rarity) ** 2
      dot += weight * (b.get(term) ?? 0) * rarity ** 2
    }
    for (const [term, weight] of b) ofB += (weight * this.#rarity(term)) ** 2
    return dot === 0 ? 0 : dot / Math.sqrt(ofA * ofB)
  }
}

function sum({ middles }: Group, language: string, weights: Weights): void {
  const middle = middles.get(language) ?? new Map<string, number>()
  middles.set(language, middle)
  for (const [term, weight] of weights) middle.set(term, (middle.get(term) ?? 0) + weight)
}
