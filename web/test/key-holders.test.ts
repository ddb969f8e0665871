import assert from "node:assert/strict"
import { test } from "node:test"
import { ristretto255 } from "@noble/curves/ed25519.js"
import { ascii, toHex } from "../core/bytes.js"
import { keyHoldersIn, mayFollow, sameHolders, signersOf, type KeyHolders, type Keyset } from "../core/keyset.js"
import { publicKey, sign } from "../core/signing.js"

const point = toHex(ristretto255.Point.BASE.toBytes())
const seeds = [1, 2, 3, 4, 5, 6].map((n) => new Uint8Array(32).fill(n))

/** What an author keeps, and what a vault shows: these keepers, signed by those. */
function keysetOf(revision: number, keepers: readonly number[], signers: readonly number[], changes: object = {}): KeyHolders & Pick<Keyset, "text" | "signatures"> {
  const text = JSON.stringify({
    deployment: "00".repeat(16), revision, quorum: 2, y: point, z: point,
    keepers: keepers.map((n, i) => ({ index: i + 1, name: `Keeper ${n}`, signing: toHex(publicKey(seeds[n] as Uint8Array)), y: point, z: point })), ...changes,
  })
  const holders = keyHoldersIn(text) ?? assert.fail("no key holders")
  return { ...holders, text: ascii(text), signatures: signers.map((n) => sign("keyset", ascii(text), seeds[n] as Uint8Array)) }
}

const seen = keysetOf(3, [0, 1, 2], [0, 1, 2])

test("the same people with a newer roster follow, and are the same", () => {
  const next = keysetOf(4, [0, 1, 2], [0, 1, 2], { roster_sha256: "11".repeat(32) })
  assert.deepEqual([mayFollow(seen, next), sameHolders(seen, next)], [true, true])
})

test("new people follow when a quorum of those who were known signed them, and it is said who did", () => {
  const next = keysetOf(4, [3, 4, 5], [3, 4, 5, 0, 2])
  assert.deepEqual([mayFollow(seen, next), sameHolders(seen, next)], [true, false])
  assert.deepEqual(signersOf(seen, next).map(({ name }) => name), ["Keeper 0", "Keeper 2"])
})

test("people whom too few of the known ones signed, an older keyset, and other keys do not follow", () => {
  assert.equal(mayFollow(seen, keysetOf(4, [3, 4, 5], [3, 4, 5, 0])), false)
  assert.equal(mayFollow(seen, keysetOf(2, [0, 1, 2], [0, 1, 2])), false)
  assert.equal(mayFollow(seen, keysetOf(4, [0, 1, 2], [0, 1, 2], { deployment: "01".repeat(16) })), false)
  assert.equal(mayFollow(seen, keysetOf(4, [0, 1, 2], [0, 1, 2], { y: toHex(ristretto255.Point.BASE.double().toBytes()) })), false)
})

test("another name, another key or another quorum is a change", () => {
  for (const changes of [{ quorum: 3 }, { keepers: [] as object[] }]) {
    const text = JSON.stringify({ ...JSON.parse(new TextDecoder().decode(seen.text)) as object, ...changes })
    const next = keyHoldersIn(text)
    assert.ok(next === null || !sameHolders(seen, next), JSON.stringify(changes))
  }
  assert.equal(sameHolders(seen, keysetOf(4, [1, 0, 2], [0])), false)
})

test("what is no keyset names nobody", () => {
  for (const text of [undefined, "", "{}", "null", JSON.stringify({ deployment: "00".repeat(16), revision: 1, quorum: 2, y: point, z: point, keepers: [] })]) assert.equal(keyHoldersIn(text), null)
})
