import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Failed } from "../core/author.js"
import { equal, toHex } from "../core/bytes.js"
import { firstIdentity, recipientOf } from "../core/mail-key.js"
import { MailVisit, type Side } from "../core/mail-visit.js"
import { bundleSize, openState, stateKey, stateSize } from "../core/mailbox.js"
import { publicKey } from "../core/signing.js"
import { concat } from "../core/bytes.js"
import { u32 } from "../core/wire.js"
import { stream } from "./vectors.js"

const random = stream("wetoo mailbox")
const [deployment, filingId, authorSeed, counselorSeed, boxKey] = [random(16), random(16), random(32), random(32), random(32)]
const counselor = publicKey(counselorSeed)
const desk = firstIdentity(counselorSeed)

/** What the vault does, in memory: two registers for each side, each replaced whole. */
class Vault {
  readonly kept: Record<"author" | "counselor", { revision: number, state: Uint8Array | null, bundle: Uint8Array | null }> = {
    author: { revision: 0, state: null, bundle: null }, counselor: { revision: 0, state: null, bundle: null },
  }
  readonly sizes = new Set<string>()
  /** Everything that it ever held. */
  readonly seen: Uint8Array[] = []
  lose: "nothing" | "request" | "answer" = "nothing"

  exchange(who: "author" | "counselor", put: Uint8Array): Uint8Array | Failed {
    if (this.lose === "request") return { failed: "unreachable" }
    const own = this.kept[who]
    const revision = new DataView(put.buffer, put.byteOffset).getUint32(0)
    if (revision === own.revision + 1) this.kept[who] = { revision, state: put.slice(4, 4 + stateSize), bundle: put.slice(4 + stateSize) }
    const { revision: now, state } = this.kept[who]
    const answer = concat(counselor, u32(now), state ?? random(stateSize), this.kept[who === "author" ? "counselor" : "author"].bundle ?? random(bundleSize))
    this.sizes.add(`${put.length} ${answer.length}`)
    this.seen.push(put, answer)
    return this.lose === "answer" ? { failed: "unreachable" } : answer
  }
}

function sideOf(vault: Vault, who: "author" | "counselor"): Side {
  const isAuthor = who === "author"
  return {
    way: { deployment, filingId, from: who }, seed: isAuthor ? authorSeed : counselorSeed, random,
    stateKey: stateKey(isAuthor ? boxKey : counselorSeed, filingId), first: isAuthor ? firstIdentity(boxKey) : desk,
    other: () => (isAuthor ? { key: counselor, recipient: recipientOf(desk) } : { key: publicKey(authorSeed), recipient: recipientOf(firstIdentity(boxKey)) }),
    send: (put) => Promise.resolve(vault.exchange(who, put)),
  }
}

test("both hear each other, and every exchange has one size", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  assert.equal(await other.open(), null)
  assert.ok(other.write("Is Saturday all right?", 20_000))
  assert.equal(await other.look(), null)
  assert.equal(await author.open(), null)
  assert.deepEqual(author.letters.map((one) => [one.from, one.text]), [["them", "Is Saturday all right?"]])
  assert.ok(author.write("نعم، صباحًا.", 20_001))
  assert.equal(author.isSent, false)
  assert.equal(await author.look(), null)
  assert.equal(author.isSent, true)
  assert.equal(await other.look(), null)
  assert.deepEqual(other.letters.map((one) => one.text), ["Is Saturday all right?", "نعم، صباحًا."])
  assert.deepEqual([...vault.sizes], [`${4 + stateSize + bundleSize} ${36 + stateSize + bundleSize}`])
})

test("whatever is lost on the way, and whoever looks from another device, nothing is lost or said twice", async () => {
  const acts = fc.array(fc.record({
    who: fc.constantFrom("author" as const, "counselor" as const), says: fc.boolean(), lose: fc.constantFrom("nothing" as const, "nothing" as const, "request" as const, "answer" as const),
    anew: fc.boolean(),
  }), { minLength: 5, maxLength: 20 })
  await fc.assert(fc.asyncProperty(acts, async (steps) => {
    const vault = new Vault()
    const visits = { author: new MailVisit(sideOf(vault, "author")), counselor: new MailVisit(sideOf(vault, "counselor")) }
    for (const visit of Object.values(visits)) await visit.open()
    const said: Record<"author" | "counselor", string[]> = { author: [], counselor: [] }
    for (const { who, says, lose, anew } of steps) {
      if (anew && visits[who].isSent) {
        visits[who] = new MailVisit(sideOf(vault, who))
        await visits[who].open()
      }
      const text = `${who} ${said[who].length}`
      if (says && visits[who].write(text, 20_000)) said[who].push(text)
      vault.lose = lose
      await visits[who].look()
      vault.lose = "nothing"
    }
    for (let i = 0; i < 3; i++) for (const visit of Object.values(visits)) assert.equal(await visit.look(), null)
    assert.deepEqual(visits.author.letters.filter((one) => one.from === "them").map((one) => one.text), said.counselor)
    assert.deepEqual(visits.counselor.letters.filter((one) => one.from === "them").map((one) => one.text), said.author)
  }), { numRuns: 25 })
})

test("keys of what was read are forgotten, and with what the vault has now the words open nothing of it", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  await author.open()
  await other.open()
  assert.ok(other.write("Then.", 20_000))
  await other.look()
  const bundle = vault.kept.counselor.bundle ?? assert.fail()
  for (let i = 0; i < 4; i++) for (const one of [author, other]) await one.look()
  author.forget(author.letters[0] ?? assert.fail())
  await author.look()

  const state = openState(vault.kept.author.state ?? assert.fail(), stateKey(boxKey, filingId), filingId) ?? assert.fail()
  assert.deepEqual(state.letters, [])
  const { openBundle } = await import("../core/mailbox.js")
  const way = { deployment, filingId, from: "counselor" } as const
  assert.equal(openBundle(state, way, counselor, bundle), null)
  assert.ok(!state.own.includes(firstIdentity(boxKey)))
})

test("what is altered, or by somebody else, is not heard, and no state opens under another key", async () => {
  const vault = new Vault()
  const [author, other] = [new MailVisit(sideOf(vault, "author")), new MailVisit(sideOf(vault, "counselor"))]
  await other.open()
  other.write("Hello", 20_000)
  await other.look()
  const kept = vault.kept.counselor
  for (const at of [0, 64, 300, bundleSize - 1]) {
    vault.kept.counselor = { ...kept, bundle: (kept.bundle ?? assert.fail()).with(at, ((kept.bundle?.[at] ?? 0) ^ 1)) }
    await author.look()
    assert.deepEqual(author.letters, [])
  }
  assert.equal(openState(kept.state ?? assert.fail(), stateKey(boxKey, filingId), filingId), null)
  assert.ok(vault.seen.every((bytes) => !toHex(bytes).includes(toHex(new TextEncoder().encode("Hello")))))
  assert.ok(!equal(vault.seen[0] ?? assert.fail(), vault.seen[2] ?? assert.fail()))
})

test("what is too long, or too much until the other looks, is not taken", async () => {
  const vault = new Vault()
  const author = new MailVisit(sideOf(vault, "author"))
  await author.open()
  assert.equal(author.write("x".repeat(4001), 20_000), false)
  for (let i = 0; i < 3; i++) assert.ok(author.write("x".repeat(3500), 20_000))
  assert.equal(author.write("x".repeat(3500), 20_000), false)
  assert.equal(author.letters.length, 3)
})
