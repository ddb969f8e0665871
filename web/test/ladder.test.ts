import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { drops, opens, type Standing } from "../core/ladder.js"

/** Which of some people's filings must open: with m the largest number such that at least m of them have t ≤ m, all with t ≤ m. */
function mustOpen(people: readonly { person: string, t: number }[]): number[] {
  for (let m = 5; m >= 2; m--) {
    const asking = people.filter((one) => one.t <= m)
    if (new Set(asking.map((one) => one.person)).size >= m) return people.flatMap((one, i) => (one.t <= m ? [i] : []))
  }
  return []
}

/** Runs the rule at every rung until nothing moves, as the matcher does. */
function climbed(people: readonly { person: string, t: number }[]): number[] {
  const rungs = people.map((one) => one.t - 1)
  const standing = (i: number): Standing => ({ person: people[i]?.person ?? "", leastNumber: people[i]?.t ?? 0, rung: rungs[i] ?? 0 })
  for (let moved = true; moved;) {
    moved = false
    for (let b = 4; b >= 1 && !moved; b--) {
      const sharing = people.flatMap((one, i) => (rungs[i] === 0 || ((rungs[i] ?? 9) <= b && b < one.t) ? [i] : []))
      for (const j of drops(b, sharing.map(standing))) {
        rungs[sharing[j] ?? -1] = b - 1
        moved = true
      }
    }
  }
  return opens(people.map((_, i) => standing(i)))
}

test("twenty thousand random cases open exactly what the stated meaning says", () => {
  const filing = fc.record({ person: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"), t: fc.integer({ min: 2, max: 5 }) })
  fc.assert(fc.property(fc.array(filing, { maxLength: 10 }), (people) => assert.deepEqual(climbed(people), mustOpen(people))), { numRuns: 20_000 })
})
