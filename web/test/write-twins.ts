import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { x25519 } from "@noble/curves/ed25519.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, toBase64, toHex } from "../core/bytes.js"
import { addendaKeyOf, addendumOf, type AddendumContent } from "../core/addenda.js"
import { sealOwn } from "../core/box.js"
import { power, toBytes, toNumber } from "../core/blind-rsa.js"
import { requestCredential } from "../core/credential.js"
import { deskHeader } from "../core/desk.js"
import { directOf } from "../core/direct.js"
import { contexts, prove } from "../core/dleq.js"
import { findingOf } from "../core/checks.js"
import { notesKey, sealNotes } from "../core/case-notes.js"
import { handoverAnswerOf, handoverOf } from "../core/handover.js"
import { holdOf } from "../core/hold.js"
import { comparisonOf, recheckOf } from "../core/recheck.js"
import { BlindedSlips, boxPutOf, consentOf, statusOf, submissionOf, withdrawalOf } from "../core/filing.js"
import { Fn, parseElement, Point, randomScalar, scalarBytes } from "../core/group.js"
import { parseKeyset } from "../core/keyset.js"
import { entryOf, saltFor } from "../core/log-entry.js"
import { mailExchangeOf } from "../core/author-mail.js"
import { firstIdentity, recipientOf } from "../core/mail-key.js"
import { bundleSize, emptyMail, putOf, sealBundle, stateKey, stateSize, write as writeMail } from "../core/mailbox.js"
import { packageFor, sizeClasses } from "../core/packages.js"
import { wordlist as french } from "@scure/bip39/wordlists/french.js"
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js"
import { halvesOf } from "../core/halves.js"
import { digitsOf, keysOf, newReceipt, receiptWords, wordsOf } from "../core/receipt.js"
import { markOf, meetKeyOf, meetOf, meetPutOf, vouchOf } from "../core/meet.js"
import { noteBoxOf, noteOf, noteSecretOf, noteSeedOf } from "../core/note.js"
import { nudgePutOf, nudgeRequestOf } from "../core/nudge.js"
import { freezeOf, newStopCode, revocationOf, stopKeysOf, stopPutOf, stopRequestOf, textOfStopCode } from "../core/stop-code.js"
import { publicKey, sign } from "../core/signing.js"
import type { Written } from "./twins.js"
import { stretch } from "./stretch.js"
import { stream } from "./vectors.js"

const day = 20000

/** The registrar's key of these vectors: in service, only the registrar has its own. */
async function registrarKey(): Promise<{ spki: Uint8Array, n: bigint, d: bigint }> {
  const algorithm = { name: "RSA-PSS", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-384" }
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey)
  const number = (text = "") => toNumber(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)))
  return { spki: new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)), n: number(jwk.n), d: number(jwk.d) }
}

function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`our own ${what} does not hold`)
  return value
}

/** Writes one author's whole conversation. Keys that libraries draw themselves differ each time; the rest comes from a fixed stream. */
export async function write(): Promise<Written> {
  const random = stream("wetoo vectors, from TypeScript")
  const [deployment, k, z] = [random(16), randomScalar(random), randomScalar(random)]
  const [slopeK, slopeZ] = [randomScalar(random), randomScalar(random)]
  const share = (key: bigint, slope: bigint, i: number) => Fn.add(key, Fn.mul(slope, BigInt(i)))
  const element = (n: bigint) => toHex(Point.BASE.multiply(n).toBytes())
  const [seeds, matcher, counselorSeed, registrar] = [[random(32), random(32), random(32)], random(32), random(32), await registrarKey()]
  const age = await generateX25519Identity()
  const signing = publicKey(counselorSeed)

  const roster = JSON.stringify({
    wetoo: "roster/1", counselors: [{ name: "Inès", recipient: await identityToRecipient(age), signing: toHex(signing) }],
  })
  const text = JSON.stringify({
    wetoo: "keyset/1", deployment: toHex(deployment), epoch: 1, revision: 1, quorum: 2,
    keepers: seeds.map((seed, i) => ({
      index: i + 1, name: `Keeper ${i + 1}`, signing: toHex(publicKey(seed)), y: element(share(k, slopeK, i + 1)), z: element(share(z, slopeZ, i + 1)),
    })),
    y: element(k), z: element(z), matcher: toHex(x25519.getPublicKey(matcher)),
    registrars: [{ key: toBase64(registrar.spki), not_after_day: day + 400 }], roster_sha256: toHex(sha256(ascii(roster))),
    policy: { credential: "invitation", work_bits: 20, delay_hours: [6, 72], embedded: false },
  })
  const answer = JSON.stringify({
    keyset: text, roster, signatures: seeds.map((seed, i) => ({ index: i + 1, signature: toHex(sign("keyset", ascii(text), seed)) })),
  })
  const keyset = must(parseKeyset(answer), "keyset")
  const receipt = newReceipt(random)
  const keys = keysOf(receipt, deployment)
  const pending = must(requestCredential(keyset, keys.pseudonym, random), "request")
  const credential = must(pending.finish(toBytes(power(toNumber(pending.blinded), registrar.d, registrar.n), 256)), "credential")

  const author = { credential, seed: keys.seed }
  const [inputs, filingId] = [[random(32), random(32), random(32), random(32)], random(16)]
  const slips = new BlindedSlips(keyset, author, inputs, day, random)
  const blinded = [0, 1, 2, 3].map((j) => must(parseElement(slips.request.slice(369 + 32 * j, 401 + 32 * j)), "blinding"))
  const replies = keyset.keepers.slice(0, 2).map((keeper) => {
    const key = share(k, slopeK, keeper.index)
    const evaluated = blinded.map((one) => one.multiply(key))
    const proof = prove(contexts.evaluate, key, keeper.y, blinded, evaluated, randomScalar(random))
    const reply = concat(Uint8Array.of(keeper.index), ...evaluated.map((one) => one.toBytes()), proof)
    return must(slips.accept(keeper, reply) ? toHex(reply) : null, "reply")
  })
  const contact = must(packageFor(keyset.counselors, { wetoo: "contact/1" }, sizeClasses.contact, random), "contact")
  const account = must(packageFor(keyset.counselors, { wetoo: "account/1" }, sizeClasses.account, random), "account")
  const evaluated = must(slips.combine(keyset), "evaluation")
  const submission = must(submissionOf(keyset, author, { filingId, leastNumber: 3, contact, account }, evaluated, day, random), "submission")
  const boxContent = { wetoo: "box/1", credential: null, accounts: [] }
  const box = must(sealOwn(keys.boxKey, keys.pseudonym, boxContent, random), "box")
  const nothing = ascii("null")
  const entry = entryOf(1, saltFor(keys.boxKey, 1, nothing), nothing)
  const addendumContent: AddendumContent = { wetoo: "addendum/1", kind: "correction", text: "It was a Friday.", sealed_day: day, follows: "" }
  const addendaKey = addendaKeyOf(keys.boxKey, filingId)
  const place = { deployment, pseudonym: keys.pseudonym, filingId, number: 2 }
  const addendum = must(addendumOf(place, addendaKey, addendumContent, day, keys.seed, random), "addendum")

  const nudge = { to: "ana@mail.example", subject: "Rappel", text: "Bonjour", every_weeks: 2, weekday: 6, hour: 9, zone: "Europe/Paris", code: "" }
  const stopCode = newStopCode(random)
  const stop = await stopKeysOf(stopCode, deployment, stretch)

  const seven = putOf(7, new Uint8Array(stateSize).fill(0x5a), new Uint8Array(bundleSize).fill(0xa5))
  const mailExchange = mailExchangeOf(deployment, day, keys.pseudonym, filingId, keyset.counselors[0]?.signing ?? new Uint8Array(32), seven, keys.seed)
  const first = firstIdentity(keys.boxKey)
  const mail = must(writeMail(emptyMail("", first, { key: signing, recipient: keyset.counselors[0]?.recipient ?? "" }), "Samedi matin.", day), "mail")

  const [mark, meeting] = [markOf(keys.pseudonym, filingId), meetKeyOf(keys.boxKey, filingId)]
  const [notes, keyOfNotes] = [{ wetoo: "notes/1", taken: "", entries: [{ kind: "work", day, text: "Appelée. Rendez-vous le 4." }] } as const, notesKey(counselorSeed, filingId)]
  const noteRecipient = x25519.getPublicKey(noteSecretOf(keys.boxKey, 1))
  const note = must(noteOf(deployment, day, noteRecipient, { wetoo: "note/1", text: "She told me that evening.", name: "Léa", how: "", day }, random), "note")
  return {
    stop_code: textOfStopCode(stopCode), stop_key: toHex(stop.stopKey), stop_box_key: toHex(stop.boxKey),
    stop_put: toHex(must(stopPutOf(deployment, keys.pseudonym, filingId, stop, day, keys.seed, random), "stop")),
    stop_request: toHex(stopRequestOf(deployment, stop, day, random(16))),
    freeze: toHex(freezeOf(deployment, stop.stopKey, filingId, true, day, random(16), stop.seed)),
    unfreeze: toHex(freezeOf(deployment, keys.pseudonym, filingId, false, day, random(16), keys.seed)),
    nudge_key: toHex(publicKey(keys.nudgeSeed)),
    nudge_put: toHex(must(nudgePutOf(deployment, day, 3, nudge, keys.nudgeSeed), "nudge")),
    nudge_request: toHex(nudgeRequestOf(deployment, day, random(16), keys.nudgeSeed)),
    mail_identity: first, mail_json: JSON.stringify({ next: recipientOf(first), has: 0, standing: {}, letters: [{ n: 1, day, text: "Samedi matin." }] }), mail_state_key: toHex(stateKey(keys.boxKey, filingId)),
    mail_bundle: toBase64(sealBundle(mail, { deployment, filingId, from: "author" }, keys.seed, random)),
    mail_exchange_head: toHex(mailExchange.slice(0, 105)), mail_exchange_signature: toHex(mailExchange.slice(-64)),
    notes_json: JSON.stringify(notes), notes_key: toHex(keyOfNotes), notes: toBase64(must(sealNotes(notes, keyOfNotes, filingId, 3, random), "notes")),
    revocation: toHex(revocationOf(deployment, keys.pseudonym, filingId, day, random(16), keys.seed)),
    keyset: answer, k: toHex(scalarBytes(k)), z: toHex(scalarBytes(z)), matcher_secret: toHex(matcher), counselor_age: age,
    counselor_seed: toHex(counselorSeed), day, receipt_words: wordsOf(receipt).join(" "), receipt_french: wordsOf(receipt, french).join(" "), receipt_spanish: wordsOf(receipt, spanish).join(" "),
    receipt_digits: digitsOf(receipt), receipt_halves: halvesOf(receipt, receiptWords, random).map((half) => half.join(" ")), pseudonym: toHex(keys.pseudonym),
    box_key: toHex(keys.boxKey), credential: toHex(credential), least_number: 3, filing_id: toHex(filingId), inputs: inputs.map(toHex),
    evaluate_request: toHex(slips.request), evaluate_replies: replies, submission: toHex(submission),
    direct: toHex(must(directOf(deployment, author, filingId, keyset.counselors, { contact: { wetoo: "contact/1" }, account: { wetoo: "account/1" } }, day, random), "direct")),
    withdrawal: toHex(withdrawalOf(deployment, keys.pseudonym, filingId, day, keys.seed)),
    consent: toHex(consentOf(deployment, keys.pseudonym, filingId, day, keys.seed)),
    status: toHex(statusOf(deployment, keys.pseudonym, day, random(16), keys.seed)),
    box_json: JSON.stringify(boxContent), box_put: toHex(boxPutOf(deployment, author, 7, entry, box, day)),
    addenda_key: toHex(addendaKey), addendum_json: JSON.stringify(addendumContent), addendum: toHex(addendum),
    hold: toHex(holdOf(deployment, filingId, 1, 2, day + 90, day, counselorSeed)),
    finding: toHex(findingOf(deployment, filingId, random(16), "authors", 4, day, counselorSeed)),
    recheck: toHex(recheckOf(keyset, filingId, blinded, day, random(16), counselorSeed)),
    comparison: toHex(must(comparisonOf(keyset, filingId, evaluated.map(({ start }) => start), random), "comparison")),
    desk_header: deskHeader(deployment, 1_728_000_000, random(16), "POST", "/v1/desk/cases", Uint8Array.of(1, 2, 3), counselorSeed),
    meet: toHex(meetOf(deployment, day, filingId, true, meeting.recipient, random(16), keys.seed)),
    meet_vouch: toHex(vouchOf(deployment, day, mark, meeting.recipient, counselorSeed)),
    handover: toHex(handoverOf(deployment, day, filingId, publicKey(counselorSeed), day + 7, sha256(mark), counselorSeed)),
    handover_answer: toHex(handoverAnswerOf(deployment, day, filingId, publicKey(counselorSeed), true, keys.seed)),
    note_box: toHex(noteBoxOf(deployment, day, filingId, "take", publicKey(noteSeedOf(noteRecipient)), keys.seed)), note_json: note.thing, note: toHex(note.message),
    meet_put: toHex(must(meetPutOf(deployment, day, filingId, { mark, recipient: meeting.recipient }, { name: "Ana", how: "ana@mail.example", say: "" }, keys.seed, random), "meeting")),
  }
}
