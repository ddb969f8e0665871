import assert from "node:assert/strict"
import { test } from "node:test"
import { evaluate, type Edge, type Failed } from "../core/author.js"
import { concat, fromHex } from "../core/bytes.js"
import { contexts, prove } from "../core/dleq.js"
import { BlindedSlips } from "../core/filing.js"
import { Fn, parseElement, parseScalar, Point, randomScalar, type Element } from "../core/group.js"
import { parseKeyset } from "../core/keyset.js"
import { readVectors, stream } from "./vectors.js"

const random = stream("lying keepers")
const written = readVectors("from-csharp/messages.json") as Record<string, string>
const bytes = (name: string) => fromHex(written[name], (written[name] ?? "").length / 2) ?? assert.fail(name)
const published = parseKeyset(written["keyset"] ?? "") ?? assert.fail()
const author = { credential: bytes("credential"), seed: random(32) }

/** Three keepers whose shares we know, on a keyset that is otherwise the published one. */
const key = parseScalar(bytes("k")) ?? assert.fail()
const slope = randomScalar(random)
const shareOf = (i: number) => Fn.add(key, Fn.mul(slope, BigInt(i)))
const keyset = { ...published, keepers: published.keepers.map((keeper) => ({ ...keeper, y: Point.BASE.multiply(shareOf(keeper.index)) })) }

type Lie = (honest: Uint8Array, request: Uint8Array, index: number) => Uint8Array | Failed

function reply(index: number, request: Uint8Array, share: bigint): Uint8Array {
  const blinded = [0, 1, 2, 3].map((j) => parseElement(request.slice(369 + 32 * j, 401 + 32 * j)) ?? assert.fail())
  const evaluated = blinded.map((one) => one.multiply(share))
  return answer(index, evaluated, prove(contexts.evaluate, share, Point.BASE.multiply(share), blinded, evaluated, randomScalar(random)))
}

function answer(index: number, evaluated: readonly Element[], proof: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(index), ...evaluated.map((one) => one.toBytes()), proof)
}

/** A vault whose keepers are honest, but for those that `lies` names. */
function edgeWith(lies: Readonly<Record<number, Lie>>): Edge & { asked: number[] } {
  const asked: number[] = []
  return {
    asked, random, today: () => 20000,
    ask(_method, path, body) {
      const index = Number(/keepers\/(\d+)\//.exec(path)?.[1])
      asked.push(index)
      const request = body as Uint8Array
      const honest = reply(index, request, shareOf(index))
      return Promise.resolve(lies[index]?.(honest, request, index) ?? honest)
    },
  }
}

const fresh = () => new BlindedSlips(keyset, author, [random(32)], 20000, random)
const older = reply(1, fresh().request, shareOf(1))
const lies: Readonly<Record<string, Lie>> = {
  "a wrong share": (_, request, index) => reply(index, request, shareOf(index + 7)),
  "a wrong proof": (honest) => honest.map((byte, i) => (i === 150 ? byte ^ 1 : byte)),
  "its answers in another order": (honest) => concat(honest.slice(0, 1), honest.slice(33, 65), honest.slice(1, 33), honest.slice(65)),
  "another keeper's answer": (_, request) => reply(3, request, shareOf(3)),
  "another keeper's answer under its own number": (_, request, index) => concat(Uint8Array.of(index), reply(3, request, shareOf(3)).slice(1)),
  "the answer to an older request": () => older,
  "noise": () => random(193),
  "nothing": () => new Uint8Array(0),
  "the identity": (honest) => concat(honest.slice(0, 1), new Uint8Array(32), honest.slice(33)),
}

for (const [name, lie] of Object.entries(lies)) {
  test(`a keeper that gives ${name} is named and passed over`, async () => {
    const [edge, slips, honest] = [edgeWith({ 1: lie }), fresh(), fresh()]
    const outcome = await evaluate(edge, keyset, slips)
    await evaluate(edgeWith({}), keyset, honest)

    assert.deepEqual(outcome.faulty, [1])
    assert.deepEqual(outcome.away, [])
    assert.deepEqual([...slips.answered].sort(), [2, 3])
    assert.notEqual(slips.combine(keyset), null)
    assert.notEqual(honest.combine(keyset), null)
  })
}

test("a keeper that is silent is named as away, and one of three makes no difference", async () => {
  const slips = fresh()
  const outcome = await evaluate(edgeWith({ 2: () => ({ failed: "keeper-unreachable" }) }), keyset, slips)

  assert.deepEqual(outcome.away, [2])
  assert.notEqual(slips.combine(keyset), null)
})

test("with two away the author is told which, and only those are asked again later", async () => {
  const away: Lie = () => ({ failed: "keeper-unreachable" })
  const slips = fresh()
  const first = await evaluate(edgeWith({ 1: away, 3: away }), keyset, slips)
  assert.deepEqual([...first.away].sort(), [1, 3])
  assert.equal(slips.combine(keyset), null)

  const later = edgeWith({})
  await evaluate(later, keyset, slips)
  assert.ok(!later.asked.includes(2), "what was answered is not asked again")
  assert.notEqual(slips.combine(keyset), null)
})

test("every quorum gives the same y_0", async () => {
  const input = random(32)
  const starts = []
  for (const missing of [1, 2, 3]) {
    const slips = new BlindedSlips(keyset, author, [input], 20000, random)
    await evaluate(edgeWith({ [missing]: () => ({ failed: "keeper-unreachable" }) }), keyset, slips)
    starts.push(slips.combine(keyset)?.[0]?.start.join())
  }
  assert.equal(new Set(starts).size, 1)
})
