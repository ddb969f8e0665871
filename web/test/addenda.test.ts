import { test } from "node:test"
import assert from "node:assert/strict"
import fc from "fast-check"
import { addendaKeyOf, addendumOf, fingerprintOf, openAddendum, parseAddendum, versionsHold, type AddendumContent } from "../core/addenda.js"
import { equal, toHex } from "../core/bytes.js"
import { publicKey } from "../core/signing.js"
import { stream } from "./vectors.js"

const random = stream("additions")
const [seed, deployment, filingId, boxKey] = [random(32), random(16), random(16), random(32)]
const pseudonym = publicKey(seed)
const key = addendaKeyOf(boxKey, filingId)
const account = { addenda_key: toHex(key), pseudonym: toHex(pseudonym) }

function content(text: string, follows: string): AddendumContent {
  return { wetoo: "addendum/1", kind: "addition", text, sealed_day: 20000, follows }
}

function posted(number: number, by = seed, text = "One more thing."): { message: Uint8Array, sealed: Uint8Array } {
  const place = { deployment, pseudonym: publicKey(by), filingId, number }
  const whole = addendumOf(place, key, content(text, ""), 20000, by, random) ?? assert.fail()
  return { message: whole.slice(0, 166), sealed: whole.slice(170) }
}

test("an addition opens with what stands in the account", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), fc.string({ unit: "grapheme", maxLength: 300 }), (number, text) => {
    const { message, sealed } = posted(number, seed, text)
    const read = openAddendum(account, deployment, filingId, message, sealed)
    assert.equal(read?.number, number)
    assert.equal(read?.content.text, text)
  }), { numRuns: 50 })
})

test("one altered byte and it does not open", () => {
  const { message, sealed } = posted(1)
  fc.assert(fc.property(fc.nat(165), fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (i, j, flip) => {
    assert.equal(openAddendum(account, deployment, filingId, message.with(i, (message[i] ?? 0) ^ flip), sealed), null)
    assert.equal(openAddendum(account, deployment, filingId, message, sealed.with(j, (sealed[j] ?? 0) ^ flip)), null)
  }), { numRuns: 60 })
})

test("whoever has the key but not the author's signature writes nothing in their name", () => {
  const { message, sealed } = posted(1, random(32), "I take it all back.")
  assert.equal(openAddendum(account, deployment, filingId, message, sealed), null)

  const renamed = message.slice()
  renamed.set(pseudonym, 17)
  assert.equal(openAddendum(account, deployment, filingId, renamed, sealed), null)
})

test("an addition to one account is none to another", () => {
  const { message, sealed } = posted(1)
  assert.equal(openAddendum(account, deployment, random(16), message, sealed), null)
  assert.equal(openAddendum(account, random(16), filingId, message, sealed), null)
  assert.equal(openAddendum({ ...account, addenda_key: toHex(random(32)) }, deployment, filingId, message, sealed), null)
  assert.equal(openAddendum({}, deployment, filingId, message, sealed), null)
})

test("each filing has a key of its own", () => {
  assert.ok(!equal(key, addendaKeyOf(boxKey, random(16))))
  assert.ok(!equal(key, boxKey))
})

test("an account and its additions show by themselves that nothing earlier was changed", () => {
  const first = JSON.stringify({ wetoo: "account/1", text: "It was in spring.", sealed_day: 19000 })
  const second = content("It was in May.", fingerprintOf(first))
  const third = content("On the stairs.", fingerprintOf(JSON.stringify(second)))

  assert.ok(versionsHold(first, [second, third]))
  assert.ok(!versionsHold(first.replace("spring", "summer"), [second, third]))
  assert.ok(!versionsHold(first, [{ ...second, text: "It was in June." }, third]))
  assert.ok(!versionsHold(first, [third]))
  assert.ok(!versionsHold(first, [third, second]))
})

test("what is no addition is not read as one", () => {
  const good = content("x", "")
  assert.deepEqual(parseAddendum(JSON.stringify({ ...good, later: 1 })), { ...good, later: 1 })
  for (const bad of [{ kind: "deletion" }, { text: 1 }, { sealed_day: -1 }, { sealed_day: "1" }, { follows: null }, { wetoo: "addendum/2" }]) {
    assert.equal(parseAddendum(JSON.stringify({ ...good, ...bad })), null)
  }
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    parseAddendum(text)
  }), { numRuns: 500 })
})

test("what is longer than the largest size class makes no addition", () => {
  const place = { deployment, pseudonym, filingId, number: 1 }
  assert.equal(addendumOf(place, key, content("x".repeat(262_144), ""), 20000, seed, random), null)
})
