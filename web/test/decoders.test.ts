import { test } from "node:test"
import assert from "node:assert/strict"
import fc from "fast-check"
import { parseSpki } from "../core/blind-rsa.js"
import { openOwn } from "../core/box.js"
import { fromBase64, fromBase64Url, fromHex, toHex } from "../core/bytes.js"
import { parseElement, parseScalar } from "../core/group.js"
import { parseKeyset } from "../core/keyset.js"
import { openState, parseAnswer } from "../core/mailbox.js"
import { verifyMix } from "../core/mix.js"
import { openFriendNotes, parseNote, parseNoteCode } from "../core/note.js"
import { parsePackage } from "../core/packages.js"
import { parseReceipt, wordsOf, type Receipt } from "../core/receipt.js"
import { openBox } from "../core/sealed-box.js"
import { parseStopCode } from "../core/stop-code.js"
import { verify } from "../core/signing.js"
import { verifySealed } from "../core/tdh2.js"
import { readVectors } from "./vectors.js"

const noise = fc.uint8Array({ maxLength: 600 })
const numRuns = 2000

test("no bytes make a decoder throw", () => {
  fc.assert(fc.property(noise, (bytes) => {
    parseSpki(bytes)
    parsePackage(bytes)
    parseScalar(bytes)
    openOwn(new Uint8Array(32), new Uint8Array(32), bytes)
    openBox(new Uint8Array(32).fill(7), bytes)
    verifyMix(bytes, new Uint8Array(3))
    verifySealed(bytes, new Uint8Array(3))
    parseAnswer(bytes)
    openFriendNotes(bytes, [new Uint8Array(32).fill(7)])
    openState(bytes, new Uint8Array(32), new Uint8Array(16))
    verify("filing", bytes, bytes.slice(0, 64), bytes.slice(0, 32))
  }), { numRuns })
})

test("what is read as an element is written back the same", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
    const element = parseElement(bytes)
    assert.ok(element === null || toHex(element.toBytes()) === toHex(bytes))
  }), { numRuns })
  assert.equal(parseElement(new Uint8Array(32)), null)
})

test("no text makes a decoder throw", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    parseKeyset(text)
    parseReceipt(text)
    parseStopCode(text)
    parseNoteCode(text)
    parseNote(text)
    fromBase64(text)
    fromBase64Url(text)
    fromHex(text, 4)
  }), { numRuns })
})

test("a keyset with one altered character does not verify", () => {
  const keyset = (readVectors("from-csharp/messages.json") as { keyset: string }).keyset
  assert.notEqual(parseKeyset(keyset), null)
  fc.assert(fc.property(fc.nat(keyset.length - 1), fc.constantFrom("0", "1", "x", " "), (at, other) => {
    const altered = keyset.slice(0, at) + other + keyset.slice(at + 1)
    // White space outside the signed texts, and an equal character, change nothing.
    assert.ok(parseKeyset(altered) === null || altered === keyset || JSON.stringify(JSON.parse(altered)) === JSON.stringify(JSON.parse(keyset)))
  }), { numRuns: 300 })
})

test("a receipt's words bring it back however they are typed", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 13, maxLength: 13 }), (receipt: Receipt) => {
    const typed = wordsOf(receipt).map((word) => word.toUpperCase().slice(0, 4)).join("  \n")
    assert.deepEqual([...(parseReceipt(typed) ?? [])], [...receipt])
  }), { numRuns: 500 })
})
