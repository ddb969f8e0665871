import assert from "node:assert/strict"
import { test } from "node:test"
import { sha256 } from "@noble/hashes/sha2.js"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { toBase64, toHex } from "../core/bytes.js"
import type { Case } from "../core/counselor.js"
import type { DeskEdge } from "../core/desk.js"
import { propose, readNote } from "../core/handing.js"
import { handoverOf, readHandover } from "../core/handover.js"
import type { Keyset } from "../core/keyset.js"
import { publicKey } from "../core/signing.js"

const deployment = new Uint8Array(16).fill(1)
const filingId = new Uint8Array(16).fill(2)
const seeds = [3, 4, 5].map((n) => new Uint8Array(32).fill(n)) as [Uint8Array, Uint8Array, Uint8Array]
const identities = await Promise.all(seeds.map(() => generateX25519Identity()))
const members = await Promise.all(seeds.slice(0, 2).map(async (seed, i) => ({ name: `C${i}`, organisation: "", signing: publicKey(seed), recipient: await identityToRecipient(identities[i] ?? "") })))
const keyset = { deployment, counselors: members } as unknown as Keyset
const keysOf = (i: number) => ({ age: identities[i] ?? "", signing: toHex(seeds[i] ?? new Uint8Array(32)) })
const [owner, next] = [keysOf(0), keysOf(1)]
const note = { wants: "To be heard.", promised: "", avoid: "The lift." }

/** What the vault would get. */
async function proposed(to = members[1] ?? assert.fail()): Promise<{ readonly message: Uint8Array, readonly sealed: Uint8Array }> {
  let sent = new Uint8Array(0)
  const edge = {
    today: () => 20_000, now_s: () => 1_728_000_000, random: (n: number) => crypto.getRandomValues(new Uint8Array(n)),
    ask: async (_: string, __: string, body: Uint8Array) => { sent = body.slice(); return new Uint8Array(0) },
  } as unknown as DeskEdge
  assert.equal(await propose(edge, keyset, owner, { caseId: "c", filingId: toHex(filingId) } as Case, toHex(to.signing), 20_007, note), null)
  return { message: sent.slice(0, 201), sealed: sent.slice(201) }
}

test("a note opens for the one whom it was written for, and for nobody else", async () => {
  const { message, sealed } = await proposed()
  const given = { message: toBase64(message), note: toBase64(sealed) }
  assert.deepEqual(await readNote(keyset, next, toHex(filingId), given), { ...note, by: toHex(publicKey(seeds[0])), handed: { hash: toHex(sha256(sealed)), entries: [] } })
  assert.equal(await readNote(keyset, owner, toHex(filingId), given), null)
  assert.equal(await readNote(keyset, keysOf(2), toHex(filingId), given), null)
  assert.equal((await proposed()).sealed.length, sealed.length)
})

test("a note that was swapped, or goes with another filing, is not shown", async () => {
  const { message, sealed } = await proposed()
  const other = await proposed()
  assert.equal(await readNote(keyset, next, toHex(filingId), { message: toBase64(message), note: toBase64(other.sealed) }), null)
  assert.equal(await readNote(keyset, next, "0".repeat(32), { message: toBase64(message), note: toBase64(sealed) }), null)
  assert.equal(await readNote(keyset, next, toHex(filingId), { message: null, note: toBase64(sealed) }), null)
})

test("a proposal holds for its filing and deployment, to somebody of the roster, and as it was signed", () => {
  const message = handoverOf(deployment, 20_000, filingId, publicKey(seeds[1]), 20_007, sha256(filingId), seeds[0])
  const read = readHandover(keyset, filingId, message) ?? assert.fail()
  assert.deepEqual([read.counselor, read.successor, read.fromDay], [publicKey(seeds[0]), publicKey(seeds[1]), 20_007])
  for (let i = 0; i < message.length; i++) {
    const altered = message.slice()
    altered[i] = (altered[i] ?? 0) ^ 1
    assert.equal(readHandover(keyset, filingId, altered), null, `byte ${i}`)
  }
  const stranger = handoverOf(deployment, 20_000, filingId, publicKey(seeds[2]), 20_007, sha256(filingId), seeds[0])
  assert.equal(readHandover(keyset, filingId, stranger), null)
  assert.equal(readHandover(keyset, filingId, message.subarray(1)), null)
})
