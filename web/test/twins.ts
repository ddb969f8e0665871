import { x25519 } from "@noble/curves/ed25519.js"
import assert from "node:assert/strict"
import { Decrypter } from "age-encryption"
import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, equal, fromBase64, fromBase64Url, fromHex, toHex } from "../core/bytes.js"
import { addendaKeyOf, openAddendum } from "../core/addenda.js"
import { openOwn } from "../core/box.js"
import { parseSpki, verifyPss } from "../core/blind-rsa.js"
import { deskHeader } from "../core/desk.js"
import { contexts, verifyProof } from "../core/dleq.js"
import { parseElement, parseScalar } from "../core/group.js"
import { parseJson } from "../core/json.js"
import { parseKeyset, type Keyset } from "../core/keyset.js"
import { chainStart, climb, tagOf } from "../core/ladder.js"
import { entryOf, saltFor } from "../core/log-entry.js"
import { mixBinding, verifyMix } from "../core/mix.js"
import { notesKey, notesSize, openNotes } from "../core/case-notes.js"
import { firstIdentity } from "../core/mail-key.js"
import { bundleSize, emptyMail, openBundle, stateKey, stateSize } from "../core/mailbox.js"
import { readHandover } from "../core/handover.js"
import { markOf, meetKeyOf, readMeet, readPut, readVouch } from "../core/meet.js"
import { noteSecretOf, noteSeedOf, openFriendNotes } from "../core/note.js"
import { blind, finalize } from "../core/oprf.js"
import { parsePackage } from "../core/packages.js"
import { wordlist as french } from "@scure/bip39/wordlists/french.js"
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js"
import { joinHalves } from "../core/halves.js"
import { keysOf, parseReceipt, receiptWords } from "../core/receipt.js"
import { openBox } from "../core/sealed-box.js"
import { openStops, parseStopCode, stopKeysOf } from "../core/stop-code.js"
import { publicKey, verify, type Purpose } from "../core/signing.js"
import { open, packageLabel, seedLabel, verifySealed } from "../core/tdh2.js"
import { Reader } from "../core/wire.js"
import { stretch } from "./stretch.js"

/** One author's whole conversation with every secret, as either language writes it. */
export type Written = Readonly<Record<string, string | number | string[]>>

function bytes(written: Written, name: string): Uint8Array {
  const text = written[name] as string
  return fromHex(text, text.length / 2) ?? assert.fail(name)
}

function scalar(written: Written, name: string): bigint {
  return parseScalar(bytes(written, name)) ?? assert.fail(name)
}

function assertSigned(purpose: Purpose, message: Uint8Array, key: Uint8Array): void {
  assert.ok(verify(purpose, message.slice(0, -64), message.slice(-64), key), purpose)
}

/** Checks everything in a conversation that the other language wrote. */
export async function check(written: Written): Promise<void> {
  const keyset = parseKeyset(written["keyset"] as string) ?? assert.fail("keyset")
  const receipt = parseReceipt(written["receipt_words"] as string) ?? assert.fail("receipt")
  const keys = keysOf(receipt, keyset.deployment)
  assert.equal(toHex(keys.pseudonym), written["pseudonym"])
  assert.equal(toHex(keys.boxKey), written["box_key"])

  const credential = bytes(written, "credential")
  const registrar = parseSpki(keyset.registrars[0]?.key ?? new Uint8Array(0)) ?? assert.fail("registrar")
  const message = concat(credential.slice(40, 72), ascii("wetoo/v1/credential"), keyset.deployment, sha256(keys.pseudonym))
  assert.ok(verifyPss(registrar, message, credential.slice(72)))

  for (const purpose of ["withdrawal", "consent", "status"] as const) assertSigned(purpose, bytes(written, purpose), keys.pseudonym)
  for (const purpose of ["finding", "hold", "recheck"] as const) assertSigned(purpose, bytes(written, purpose), keyset.counselors[0]?.signing ?? assert.fail())
  checkComparison(written, keyset)
  for (const form of ["receipt_french", "receipt_spanish", "receipt_digits"]) {
    assert.deepEqual(parseReceipt(written[form] as string, [receiptWords, french, spanish]), receipt, form)
  }
  const [first, second] = written["receipt_halves"] as string[]
  assert.deepEqual(joinHalves(second ?? "", first ?? "", [receiptWords]), receipt)

  checkNudge(written, keysOf(receipt, keyset.deployment).nudgeSeed)
  await checkStop(written, keyset, keys.pseudonym)
  checkEvaluation(written, keyset, keys.pseudonym)
  await checkSubmission(written, keyset, keys.pseudonym)

  await checkDirect(written, keyset, keys.pseudonym)
  checkAddendum(written, keyset, keys.pseudonym, keys.boxKey)
  checkMail(written, keyset, keys.pseudonym, keys.boxKey)
  checkNotes(written)
  checkMeeting(written, keyset, keys.pseudonym, keys.boxKey)
  checkFriendNote(written, keys.pseudonym, keys.boxKey)
  const put = bytes(written, "box_put")
  assertSigned("box", put.slice(0, 483), keys.pseudonym)
  assert.deepEqual(openOwn(keys.boxKey, keys.pseudonym, put.slice(487)), JSON.parse(written["box_json"] as string))
  const nothing = ascii("null")
  assert.equal(toHex(put.slice(353, 387)), toHex(entryOf(1, saltFor(keys.boxKey, 1, nothing), nothing)))

  const header = fromBase64Url(written["desk_header"]) ?? assert.fail("desk header")
  const again = deskHeader(
    keyset.deployment, 1_728_000_000, header.slice(40, 56), "POST", "/v1/desk/cases", Uint8Array.of(1, 2, 3), bytes(written, "counselor_seed"))
  assert.equal(again, written["desk_header"])
}

/** One who would like to meet themselves: their own mark and key are the other's. */
function checkMeeting(written: Written, keyset: Keyset, pseudonym: Uint8Array, boxKey: Uint8Array): void {
  const filingId = bytes(written, "filing_id")
  const [mark, { secret, recipient }] = [markOf(pseudonym, filingId), meetKeyOf(boxKey, filingId)]
  assert.deepEqual(readMeet(keyset.deployment, pseudonym, filingId, bytes(written, "meet")), { recipient })
  assert.deepEqual(readVouch(keyset, bytes(written, "meet_vouch")), { mark, recipient, by: keyset.counselors[0]?.signing })
  const counselor = keyset.counselors[0]?.signing ?? assert.fail("a counselor")
  const handover = readHandover(keyset, filingId, bytes(written, "handover")) ?? assert.fail("handover")
  assert.deepEqual([handover.counselor, handover.successor, handover.noteSha256], [counselor, counselor, sha256(mark)])
  const answer = bytes(written, "handover_answer")
  assert.deepEqual(answer.subarray(-65, -64), Uint8Array.of(1))
  assert.ok(verify("handover-answer", answer.subarray(0, -64), answer.subarray(-64), pseudonym))
  assert.deepEqual(readPut(keyset.deployment, mark, mark, secret, bytes(written, "meet_put")), { name: "Ana", how: "ana@mail.example", say: "" })
}

function checkFriendNote(written: Written, pseudonym: Uint8Array, boxKey: Uint8Array): void {
  const [secret, box, note] = [noteSecretOf(boxKey, 1), bytes(written, "note_box"), bytes(written, "note")]
  const noteKey = publicKey(noteSeedOf(x25519.getPublicKey(secret)))
  assertSigned("note-box", box, pseudonym)
  assert.deepEqual([box.subarray(69, 70), box.subarray(70, 102)], [Uint8Array.of(1), noteKey])
  assertSigned("note", note, noteKey)
  const [opened] = openFriendNotes(concat(noteKey, note.subarray(53, -64)), [secret])
  assert.deepEqual([opened?.thing, opened?.content?.name, opened?.isDated], [written["note_json"], "Léa", true])
}

async function checkStop(written: Written, keyset: Keyset, pseudonym: Uint8Array): Promise<void> {
  const stop = await stopKeysOf(parseStopCode(written["stop_code"] as string) ?? assert.fail("stop code"), keyset.deployment, stretch)
  assert.equal(toHex(stop.stopKey), written["stop_key"])
  assert.equal(toHex(stop.boxKey), written["stop_box_key"])

  const put = bytes(written, "stop_put")
  assertSigned("stop-put", put, pseudonym)
  assert.equal(toHex(put.slice(69, 101)), written["stop_key"])
  const opened = openStops(put.slice(101, 282), stop)[0] ?? assert.fail("stop box")
  assert.equal(toHex(opened.filingId), written["filing_id"])
  assertSigned("withdrawal", opened.withdrawal, pseudonym)
  assertSigned("stop", bytes(written, "stop_request"), stop.stopKey)
  assertSigned("freeze", bytes(written, "freeze"), stop.stopKey)
  assertSigned("freeze", bytes(written, "unfreeze"), pseudonym)
  assert.deepEqual([bytes(written, "freeze")[69], bytes(written, "unfreeze")[69]], [1, 2])
  assertSigned("revocation", bytes(written, "revocation"), pseudonym)
}

async function checkDirect(written: Written, keyset: Keyset, pseudonym: Uint8Array): Promise<void> {
  const whole = new Reader(bytes(written, "direct"))
  const [message, contact, account] = [whole.vec32(65_536), whole.vec32(2 ** 21), whole.vec32(2 ** 21)]
  assert.ok(whole.done)
  assertSigned("direct", message, pseudonym)

  const reader = new Reader(message)
  assert.deepEqual([reader.u8(), toHex(reader.bytes(16)), toHex(reader.bytes(16))], [1, toHex(keyset.deployment), written["filing_id"]])
  assert.deepEqual([toHex(reader.bytes(328)), reader.u32(), reader.u8()], [written["credential"], written["day"], 1])
  assert.deepEqual(reader.bytes(32), keyset.counselors[0]?.signing)
  for (const [file, format, size] of [[contact, "contact/1", 4096], [account, "account/1", 16_384]] as const) {
    assert.deepEqual(reader.bytes(32), sha256(file))
    const decrypter = new Decrypter()
    decrypter.addIdentity(written["counselor_age"] as string)
    const text = await decrypter.decrypt(file, "text")
    assert.deepEqual([text.length, (parseJson(text) ?? {})["wetoo"]], [size, format])
  }
}

function checkNudge(written: Written, seed: Uint8Array): void {
  const [key, put] = [publicKey(seed), bytes(written, "nudge_put")]
  assert.equal(toHex(key), written["nudge_key"])
  assertSigned("nudge-put", put, key)
  assertSigned("nudge", bytes(written, "nudge_request"), key)
  assert.deepEqual([put.length, (parseJson(put.slice(57, -64)) ?? {})["subject"]], [2169, "Rappel"])
}

function checkNotes(written: Written): void {
  const [filingId, sealed] = [bytes(written, "filing_id"), fromBase64(written["notes"]) ?? assert.fail()]
  const key = notesKey(bytes(written, "counselor_seed"), filingId)
  assert.equal(toHex(key), written["notes_key"])
  assert.deepEqual(openNotes(sealed, key, filingId, 3), JSON.parse(written["notes_json"] as string))
  assert.equal(sealed.length, notesSize)
  assert.equal(openNotes(sealed, key, filingId, 2), null)
  assert.equal(openNotes(sealed, key, bytes(written, "box_key").slice(0, 16), 3), null)
}

function checkMail(written: Written, { deployment, counselors }: Keyset, pseudonym: Uint8Array, boxKey: Uint8Array): void {
  const filingId = bytes(written, "filing_id")
  assert.equal(firstIdentity(boxKey), written["mail_identity"])
  assert.equal(toHex(stateKey(boxKey, filingId)), written["mail_state_key"])

  const bundle = fromBase64(written["mail_bundle"]) ?? assert.fail()
  const state = emptyMail("", written["counselor_age"] as string, null)
  const way = { deployment, filingId, from: "author" } as const
  assert.deepEqual(openBundle(state, way, pseudonym, bundle)?.bundle, JSON.parse(written["mail_json"] as string))
  assert.equal(openBundle(state, { ...way, from: "counselor" }, pseudonym, bundle), null)
  assert.equal(openBundle(state, { ...way, filingId: deployment }, pseudonym, bundle), null)
  assert.equal(openBundle(emptyMail("", firstIdentity(boxKey), null), way, pseudonym, bundle), null)

  const body = concat(new Uint8Array(stateSize).fill(0x5a), new Uint8Array(bundleSize).fill(0xa5))
  const head = bytes(written, "mail_exchange_head")
  assertSigned("mail", concat(head, body, bytes(written, "mail_exchange_signature")), pseudonym)
  assert.deepEqual([toHex(head.slice(0, 17)), toHex(head.slice(-36, -4)), head.at(-1)], [`01${toHex(deployment)}`, toHex(counselors[0]?.signing ?? assert.fail()), 7])
}

function checkAddendum(written: Written, { deployment }: Keyset, pseudonym: Uint8Array, boxKey: Uint8Array): void {
  const [filingId, whole] = [bytes(written, "filing_id"), bytes(written, "addendum")]
  const [message, sealed] = [whole.slice(0, 166), whole.slice(170)]
  assert.equal(toHex(addendaKeyOf(boxKey, filingId)), written["addenda_key"])
  const account = { addenda_key: written["addenda_key"], pseudonym: toHex(pseudonym) }
  const read = openAddendum(account, deployment, filingId, message, sealed)
  assert.equal(read?.number, 2)
  assert.deepEqual(read?.content, JSON.parse(written["addendum_json"] as string))
  assert.equal(openAddendum({ ...account, pseudonym: toHex(filingId).repeat(2) }, deployment, filingId, message, sealed), null)
  assert.equal(openAddendum(account, deployment, filingId.toReversed(), message, sealed), null)
  assert.equal(openAddendum(account, deployment, filingId, message, sealed.with(30, (sealed[30] ?? 0) ^ 1)), null)
  assert.equal(openAddendum(account, deployment, filingId, message.with(65, 1), sealed), null)
}

/** The y_0 of the inputs, boxed for the matcher. */
function checkComparison(written: Written, keyset: Keyset): void {
  const inside = openBox(bytes(written, "matcher_secret"), bytes(written, "comparison")) ?? assert.fail("comparison")
  const k = scalar(written, "k")
  const starts = (written["inputs"] as string[]).map((hex) => fromHex(hex, 32) ?? assert.fail()).map((input) => chainStart(finalize(input, blind(input, k))))
  assert.deepEqual(inside, concat(Uint8Array.of(1), keyset.deployment, bytes(written, "filing_id"), ...starts))
}

function checkEvaluation(written: Written, keyset: Keyset, pseudonym: Uint8Array): void {
  const request = bytes(written, "evaluate_request")
  assert.equal(request.length, 561)
  assertSigned("evaluate", request, pseudonym)
  const blinded = [0, 1, 2, 3].map((j) => parseElement(request.slice(369 + 32 * j, 401 + 32 * j)) ?? assert.fail())
  for (const hex of written["evaluate_replies"] as string[]) {
    const reply = fromHex(hex, 193) ?? assert.fail()
    const keeper = keyset.keepers.find((one) => one.index === reply[0]) ?? assert.fail()
    const evaluated = [0, 1, 2, 3].map((j) => parseElement(reply.slice(1 + 32 * j, 33 + 32 * j)) ?? assert.fail())
    assert.ok(verifyProof(contexts.evaluate, keeper.y, blinded, evaluated, reply.slice(129)))
  }
}

async function checkSubmission(written: Written, keyset: Keyset, pseudonym: Uint8Array): Promise<void> {
  const [k, z, t] = [scalar(written, "k"), scalar(written, "z"), written["least_number"] as number]
  const reader = new Reader(bytes(written, "submission"))
  const [filing, contact, account, box] = [reader.bytes(786), reader.vec32(2 ** 21), reader.vec32(2 ** 21), reader.vec32(2 ** 21)]
  assert.ok(reader.done)
  assertSigned("filing", filing, pseudonym)

  const slips = openBox(bytes(written, "matcher_secret"), box) ?? assert.fail("slips box")
  assertSigned("slips", slips, pseudonym)
  assert.ok(equal(sha256(slips), filing.slice(370, 402)))
  const filingId = bytes(written, "filing_id")
  const inside = new Reader(slips.slice(366, -64))
  ;(written["inputs"] as string[]).forEach((hex, j) => {
    const input = fromHex(hex, 32) ?? assert.fail()
    const start = chainStart(finalize(input, blind(input, k)))
    assert.ok(equal(inside.bytes(32), tagOf(climb(start, 0, t - 1))))
    for (let rung = t - 2; rung >= 0; rung--) {
      const [header, ciphertext] = [inside.bytes(160), inside.bytes(80)]
      const label = seedLabel(keyset.deployment, pseudonym, filingId, j, rung)
      const u = parseElement(header.slice(0, 32)) ?? assert.fail()
      assert.ok(verifySealed(header, label))
      assert.ok(equal(open(u.multiply(z), header, label, ciphertext) ?? assert.fail(), climb(start, 0, rung)))
    }
    assert.ok(verifyMix(inside.bytes(128), mixBinding(keyset.deployment, pseudonym, filingId, j)))
  })
  assert.ok(inside.done)

  for (const [field, header, ciphertext] of [[1, filing.slice(402, 562), contact], [2, filing.slice(562, 722), account]] as const) {
    const label = packageLabel(keyset.deployment, pseudonym, filingId, field)
    const u = parseElement(header.slice(0, 32)) ?? assert.fail()
    assert.ok(verifySealed(header, label))
    const opened = parsePackage(open(u.multiply(z), header, label, ciphertext) ?? assert.fail()) ?? assert.fail()
    const decrypter = new Decrypter()
    decrypter.addIdentity(written["counselor_age"] as string)
    const content = JSON.parse(await decrypter.decrypt(opened.ageFile, "text")) as { wetoo: string }
    assert.equal(content.wetoo, field === 1 ? "contact/1" : "account/1")
  }
}
