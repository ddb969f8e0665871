import type { Draft, Visit } from "./visit.js"

type Show = (visit: Visit) => unknown

/** The way of an author, in its order. Each screen is loaded when somebody comes to it. */
const steps = {
  before: async () => (await import("./before.js")).showBefore,
  write: async () => (await import("./write.js")).showWrite,
  reach: async () => (await import("./reach.js")).showReach,
  name: async () => (await import("./name.js")).showName,
  number: async () => (await import("./number.js")).showNumber,
  cards: async () => (await import("./cards.js")).showCards,
  counselors: async () => (await import("./counselors.js")).showCounselors,
  entry: async () => (await import("./entry.js")).showEntry,
  receipt: async () => (await import("./receipt.js")).showReceipt,
} satisfies Record<string, () => Promise<Show>>

export type Step = keyof typeof steps

const order = Object.keys(steps) as Step[]

/** Steps before the account itself have no number. */
const firstNumbered: Step = "write"

/** Steps that only those see whose account may meet another. */
const forMatching: readonly Step[] = ["cards", "counselors"]

export async function show(visit: Visit, step: Step): Promise<void> {
  const screen: Show = await steps[step]()
  screen(visit)
}

/** The step after `from` that this draft needs. */
export function forward(visit: Visit, from: Step): Promise<void> {
  return show(visit, next(visit.draft, order.slice(order.indexOf(from) + 1)))
}

/** The step before `from` that this draft needs. */
export function back(visit: Visit, from: Step): Promise<void> {
  return show(visit, next(visit.draft, order.slice(0, order.indexOf(from)).reverse()))
}

/** A step's place among those with a number. */
export function stepOf(step: Step): { n: number; of: number } {
  const first = order.indexOf(firstNumbered)
  return { n: order.indexOf(step) - first + 1, of: order.length - first }
}

function next(draft: Draft, candidates: readonly Step[]): Step {
  return candidates.find((step) => draft.least !== null || !forMatching.includes(step)) ?? "before"
}
