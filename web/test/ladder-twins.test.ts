import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { test } from "node:test"
import { drops, opens, type Standing } from "../core/ladder.js"
import { readVectors, stream } from "./vectors.js"

/** Slips at rungs anywhere, also where no climb leads, and which of them the rule at one rung moves. */
interface Case {
  /** 0 for the opening. */
  readonly rung: number
  /** Person, least number, where it stands. */
  readonly sharing: readonly (readonly [number, number, number])[]
  readonly moves: readonly number[]
}

function moves(rung: number, sharing: Case["sharing"]): number[] {
  const standings = sharing.map(([person, leastNumber, stands]): Standing => ({ person: String(person), leastNumber, rung: stands }))
  return rung === 0 ? opens(standings) : drops(rung, standings)
}

function write(): Case[] {
  const random = stream("wetoo ladder, from TypeScript")
  const below = (most: number) => (random(1)[0] ?? 0) % most
  return Array.from({ length: 500 }, () => {
    const rung = below(5)
    const sharing = Array.from({ length: below(12) }, () => {
      const leastNumber = 2 + below(4)
      return [below(7), leastNumber, below(leastNumber)] as const
    })
    return { rung, sharing, moves: moves(rung, sharing) }
  })
}

test("five hundred cases, of which many move somebody, can be written for C#", () => {
  const cases = write()
  if (process.env["WETOO_WRITE_VECTORS"] === "1") {
    writeFileSync("../spec/vectors/from-typescript/ladder.json", `[\n${cases.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`)
  }
  assert.ok(cases.filter((one) => one.moves.length > 0).length > 100)
})

for (const folder of ["from-csharp", "from-typescript"]) {
  test(`the rule moves those that were written down: ${folder}`, () => {
    for (const { rung, sharing, moves: expected } of readVectors(`${folder}/ladder.json`) as Case[]) {
      assert.deepEqual(moves(rung, sharing), expected, JSON.stringify({ rung, sharing }))
    }
  })
}
