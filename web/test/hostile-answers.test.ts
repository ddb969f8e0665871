import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { comeBack, consent, evaluate, hasFailed, loadKeyset, obtainCredential, storeBox, visitWith, withdraw, type BoxContent, type ContactContent } from "../core/author.js"
import { find } from "../core/checks.js"
import { recheck } from "../core/recheck.js"
import { sealOwn } from "../core/box.js"
import { ascii, fromHex, toBase64 } from "../core/bytes.js"
import { join, listCases, newCounselorKeys, openCase, type DeskEdge } from "../core/counselor.js"
import { openRoom, rest } from "../core/reading.js"
import { BlindedSlips } from "../core/filing.js"
import { parseKeyset } from "../core/keyset.js"
import { packageFor, sizeClasses } from "../core/packages.js"
import { parseReceipt } from "../core/receipt.js"
import { readVectors, stream } from "./vectors.js"

const random = stream("hostile answers")
const written = readVectors("from-csharp/messages.json") as Record<string, string>
const keyset = parseKeyset(written["keyset"] ?? "") ?? assert.fail()
const receipt = parseReceipt(written["receipt_words"] ?? "") ?? assert.fail()
const credential = fromHex(written["credential"], 328) ?? assert.fail()
const id = "00112233445566778899aabbccddeeff"

function edgeThatSays(answer: Uint8Array): DeskEdge {
  return { ask: () => Promise.resolve(answer), random, today: () => 20000, now_s: () => 1_728_000_000 }
}

const says = (json: unknown) => edgeThatSays(ascii(JSON.stringify(json)))

/** A visit whose own copy holds a credential, so that every request can be written. */
function visit() {
  const fresh = visitWith(keyset, receipt)
  fresh.box = { ...fresh.box, credential: toBase64(credential) }
  return fresh
}

/** JSON of the right members with anything at all in them. */
const nearly = fc.record({
  filings: fc.anything(), box_revision: fc.anything(), box: fc.oneof(fc.string(), fc.base64String(), fc.anything()),
  blind_signature: fc.oneof(fc.base64String(), fc.anything()), cases: fc.oneof(fc.array(fc.anything()), fc.anything()),
  contact: fc.oneof(fc.base64String(), fc.anything()), account: fc.anything(), addenda: fc.anything(), readings: fc.anything(), moved: fc.anything(), added: fc.constantFrom(0, -1), case_id: fc.constantFrom(id, "", null), match_id: fc.constant(id),
  filing_id: fc.constant(id), opened_day: fc.constantFrom(1, -1, "x"), state: fc.constantFrom("contact", "no"), verified: fc.boolean(), checks: fc.constantFrom("open", "none"), siblings: fc.anything(), sheet: fc.anything(), replies: fc.oneof(fc.array(fc.base64String()), fc.anything()),
  clocks: fc.oneof(fc.constant([{ kind: "promise", due_day: 1, state: "soon" }]), fc.anything()),
}, { requiredKeys: [] }).map((json) => ascii(JSON.stringify(json, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)) ?? ""))

test("whatever a server answers, nothing throws", async () => {
  const keys = await newCounselorKeys(edgeThatSays(new Uint8Array(0)))
  const one = { caseId: id, matchId: id, filingId: id, openedDay: 1, state: "contact", verified: false, checks: "open", direct: false, frozen: false, stopAt_s: null, changed: false, eraseDay: null, closedDay: null, deleteDay: null, clocks: [], restedDay: null } as const
  const sibling = { caseId: id, filingId: id.replaceAll("0", "1"), counselor: "", name: null, own: true, mayShare: true, sheet: null, mine: { authors: null, named: null }, theirs: { authors: null, named: null } } as const
  await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(ascii), nearly), async (answer) => {
    const edge = edgeThatSays(answer)
    assert.ok(hasFailed(await loadKeyset(edge)))
    await comeBack(edge, visit())
    await storeBox(edge, visit())
    await consent(edge, visit(), id)
    await withdraw(edge, visit(), id)
    await listCases(edge, keyset, keys)
    await openCase(edge, keyset, keys, id)
    await openRoom(edge, keyset, keys, one, "added")
    await rest(edge, keyset, keys, id)
    await find(edge, keyset, keys, one, sibling, "named", 1)
    await recheck(edge, keyset, keys, one, { identifiers: ["tel:+33612345678"] } as unknown as ContactContent, () => Promise.resolve(new Uint8Array(32)))
    await join(edge, keys, "ABCD", { name: "Inès", organisation: "", languages: [] })
  }), { numRuns: 150 })
})

test("an answer that is no blind signature gives no credential, and the next try asks the same", async () => {
  const author = visitWith(keyset, receipt)
  const asked: unknown[] = []
  const signature = toBase64(random(256))
  const edge = { ...says({ blind_signature: signature }), ask: (_: string, __: string, body?: object) => {
    asked.push(body)
    return Promise.resolve(ascii(JSON.stringify({ blind_signature: signature })))
  } }

  for (let i = 0; i < 2; i++) assert.deepEqual(await obtainCredential(edge, author, { invitation: "ABCD" }), { failed: "credential-invalid" })
  assert.equal(author.box.credential, null)
  assert.deepEqual(asked[0], asked[1])
})

test("an own copy that does not open is told of, and never taken for an empty one", async () => {
  const author = visit()
  const before = author.box
  const other = sealOwn(random(32), author.keys.pseudonym, before, random) ?? assert.fail()

  for (const box of [toBase64(other), toBase64(random(60)), "no base64", 7]) {
    assert.deepEqual(await comeBack(says({ filings: [], box_revision: 3, box }), author), { failed: "malformed-message" })
    assert.equal(author.box, before)
    assert.equal(author.boxRevision, 0)
  }
})

test("an own copy comes back as it was stored, with its revision", async () => {
  const [author, content] = [visitWith(keyset, receipt), { wetoo: "box/1", credential: toBase64(credential), accounts: [] } satisfies BoxContent]
  const box = sealOwn(author.keys.boxKey, author.keys.pseudonym, content, random) ?? assert.fail()
  const filings = await comeBack(says({ filings: [{ filing_id: id, state: "sealed", filed_day: 9, addenda: 0 }], box_revision: 4, box: toBase64(box) }), author)

  assert.deepEqual(filings, [{
    filingId: id, state: "sealed", filedDay: 9, frozen: false, stopAt_s: null, changed: false, consented: false, read: false, released: false, counselor: null, eraseDay: null, addenda: 0, notes: 0, joinedDay: null, closedDay: null, deleteDay: null, mailDeleteDay: null, waits: false, handover: null, hold: null,
    readings: [], meet: null,
  }])
  assert.deepEqual(author.box, content)
  assert.equal(author.boxRevision, 4)
})

test("words that nobody used bring an empty list", async () => {
  assert.deepEqual(await comeBack(says({ filings: [], box_revision: 0, box: null }), visitWith(keyset, receipt)), [])
})

test("nobody to read it, and somebody whose recipient is none, make no package", () => {
  const signing = random(32)
  const some = keyset.counselors[0] ?? assert.fail()
  assert.equal(packageFor([], { wetoo: "contact/1" }, sizeClasses.contact, random), null)
  assert.equal(packageFor([{ recipient: "age1nothing", signing }], { wetoo: "contact/1" }, sizeClasses.contact, random), null)
  assert.equal(packageFor([some], { text: "x".repeat(5000) }, sizeClasses.contact, random), null)
  assert.equal((packageFor([some], { wetoo: "contact/1" }, sizeClasses.contact, random))?.length, 4096)
})

test("a keeper that answers anything at all is faulty, and the author keeps what others answered", async () => {
  const author = { credential, seed: visit().keys.seed }
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 200 }), async (noise) => {
    const slips = new BlindedSlips(keyset, author, [random(32)], 20000, random)
    const outcome = await evaluate(edgeThatSays(noise), keyset, slips)
    assert.deepEqual([...outcome.faulty], keyset.keepers.map((keeper) => keeper.index))
    assert.equal(slips.combine(keyset), null)
  }), { numRuns: 20 })
})
