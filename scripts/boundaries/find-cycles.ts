/** Finds files that import each other, directly or around a corner; type imports count. */
import type { Import } from './rules.ts'

/** One shortest cycle through each group of files that are tied together. */
export function findCycles(imports: Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) {
    if (to.startsWith('npm:')) continue
    next.set(from, [...(next.get(from) ?? []), to])
  }
  return tiedTogether(next)
    .filter((group) => group.length > 1 || next.get(group[0]!)?.includes(group[0]!))
    .map((group) => shortestCycle(group[0]!, next))
}

/** Strongly connected components by Tarjan. */
function tiedTogether(next: Map<string, string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []

  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file)!)
    stack.push(file)
    for (const to of next.get(file) ?? []) {
      if (!order.has(to)) visit(to)
      if (stack.includes(to)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(to)!))
    }
    if (lowest.get(file) === order.get(file)) groups.push(stack.splice(stack.indexOf(file)))
  }

  for (const file of next.keys()) if (!order.has(file)) visit(file)
  return groups
}

function shortestCycle(start: string, next: Map<string, string[]>): string[] {
  const reachedFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const to of next.get(file) ?? []) {
      if (to === start) return pathBack(file, start, reachedFrom)
      if (reachedFrom.has(to)) continue
      reachedFrom.set(to, file)
      queue.push(to)
    }
  }
  return [start]
}

function pathBack(last: string, start: string, reachedFrom: Map<string, string>): string[] {
  const path = [start]
  for (let file = last; file !== start; file = reachedFrom.get(file)!) path.unshift(file)
  return [start, ...path]
}
