import assert from "node:assert/strict"
import { test } from "node:test"
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { encryptTo } from "../core/age.js"
import { fromBech32 } from "../core/bech32.js"
import { stream } from "./vectors.js"

const random = stream("age")
const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

async function open(file: Uint8Array, key: string): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(key)
  return decrypter.decrypt(file)
}

test("what is sealed to several opens for each, whatever its length", async () => {
  const other = await generateX25519Identity()
  for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
    const plaintext = random(length)
    const file = encryptTo([recipient, await identityToRecipient(other)], plaintext, random) ?? assert.fail()
    for (const key of [identity, other]) assert.deepEqual(await open(file, key), plaintext)
  }
})

test("it opens for nobody else, and not when a byte is another", async () => {
  const file = encryptTo([recipient], new Uint8Array(40), random) ?? assert.fail()
  await assert.rejects(open(file, await generateX25519Identity()))
  for (let at = 0; at < file.length; at++) {
    const altered = file.slice()
    altered[at] = (altered[at] ?? 0) ^ 1
    await assert.rejects(open(altered, identity))
  }
})

test("each file has a key, a share and a nonce of its own", () => {
  const files = Array.from({ length: 3 }, () => encryptTo([recipient], new Uint8Array(40), random) ?? assert.fail())
  const shares = files.map((file) => new TextDecoder().decode(file.slice(0, 80)))
  assert.equal(new Set(shares).size, 3)
})

test("who is no recipient gets nothing sealed, and no one else does either", () => {
  const wrong = [
    "", "age1", "age1nothing", recipient.slice(0, -1), `${recipient}q`, recipient.replace("age1", "aga1"), recipient.slice(0, 10) + recipient.slice(10).toUpperCase(),
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z", // The identity point: nobody's key.
  ]
  for (const text of wrong) assert.equal(encryptTo([recipient, text], new Uint8Array(1), random), null, text)
  assert.equal(encryptTo([], new Uint8Array(1), random), null)
})

test("one wrong sign in a recipient is noticed", () => {
  assert.equal(fromBech32("age", recipient)?.length, 32)
  assert.deepEqual(fromBech32("age", recipient.toUpperCase()), fromBech32("age", recipient))
  for (let at = 4; at < recipient.length; at++) {
    const other = recipient[at] === "q" ? "p" : "q"
    assert.equal(fromBech32("age", recipient.slice(0, at) + other + recipient.slice(at + 1)), null)
  }
})
