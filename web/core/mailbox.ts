import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { AgeReader, newAgeIdentity } from "./age-stream.js"
import { fromBech32 } from "./bech32.js"
import { openText, sealText } from "./box.js"
import { ascii, concat, type Random } from "./bytes.js"
import { sealPadded } from "./direct.js"
import { isObject, isWhole, listOf, parseJson } from "./json.js"
import { recipientOf } from "./mail-key.js"
import { sign, verify } from "./signing.js"
import { Reader, u32, u8 } from "./wire.js"

const stateText = 32_768
const bundleText = 16_384
export const stateSize = 24 + stateText + 16
export const bundleSize = 64 + 200 + bundleText
/** What waits for the other has less room than a bundle, so that both sides' fit into what is kept. */
const waitingText = 12_288
/** The longest message, in characters. */
export const longest = 4000

/** One message, as either side keeps it. */
export interface Letter {
  readonly from: "me" | "them"
  /** The how-manieth of its sender, from 1. */
  readonly n: number
  readonly day: number
  readonly text: string
}

/** All that one side keeps of a mailbox. It is replaced whole: what is taken out of it is gone, and so are the keys that it held before. */
export interface MailState {
  readonly wetoo: "mail/1"
  /** The signing key of the counselor, in hex: with another it begins anew. */
  readonly with: string
  /** What the other may seal to, the newest last: two at most. */
  readonly own: readonly string[]
  /** What to seal to; null until the other said it. */
  readonly their: string | null
  readonly received: number
  readonly sent: number
  /** How many of what was sent the other has. */
  readonly acknowledged: number
  readonly letters: readonly Letter[]
}

/** What is said to the other: all that they do not have yet. */
interface Bundle {
  readonly next: string
  readonly has: number
  readonly letters: readonly { readonly n: number, readonly day: number, readonly text: string }[]
}

/** Under which a side keeps its state: from the author's box key or the counselor's seed. */
export function stateKey(secret: Uint8Array, filingId: Uint8Array): Uint8Array {
  return hkdf(sha512, secret, new Uint8Array(0), concat(ascii("wetoo/v1/mail-state"), filingId), 32)
}

/** A mailbox in which nobody has said anything. @param first - The identity that the other knows already. */
export function emptyMail(counselor: string, first: string, their: string | null): MailState {
  return { wetoo: "mail/1", with: counselor, own: [first], their, received: 0, sent: 0, acknowledged: 0, letters: [] }
}

/** What the other does not have yet. */
export function waitingIn({ letters, acknowledged }: MailState): readonly Letter[] {
  return letters.filter((one) => one.from === "me" && one.n > acknowledged)
}

/** Says something. `null` when there is no room until the other has looked, or the text is too long. */
export function write(state: MailState, text: string, day: number): MailState | null {
  const n = state.sent + 1
  const next: MailState = { ...state, sent: n, letters: [...state.letters, { from: "me", n, day, text }] }
  return text.length > longest || ascii(JSON.stringify(bundleOf(next))).length > waitingText ? null : fitted(next)
}

/** Takes a message out of what is kept. What the other does not have yet stays until they do. */
export function forget(state: MailState, letter: Letter): MailState {
  return waitingIn(state).includes(letter) ? state : { ...state, letters: state.letters.filter((one) => one !== letter) }
}

/** Takes what the other says. @param opened - What `openBundle` gave. */
export function take(state: MailState, { bundle, by }: { readonly bundle: Bundle, readonly by: string }, random: Random): MailState {
  let [received, letters] = [state.received, state.letters]
  for (const { n, day, text } of bundle.letters) {
    if (n !== received + 1) continue // Had before.
    received = n
    letters = [...letters, { from: "them", n, day, text }]
  }
  // What they sealed to is known to them: what was before it opens nothing any more, and is forgotten. A new one is offered.
  const known = state.own.slice(state.own.indexOf(by))
  const own = known.length === 1 ? [...known, newAgeIdentity(random)] : known
  return fitted({ ...state, own, their: bundle.next, received, acknowledged: Math.max(state.acknowledged, Math.min(bundle.has, state.sent)), letters })
}

/** The oldest that both have go when it is full. */
function fitted(state: MailState): MailState {
  let fits = state
  while (ascii(JSON.stringify(fits)).length + 4 > stateText) {
    const oldest = fits.letters.find((one) => !waitingIn(fits).includes(one))
    if (oldest === undefined) return fits
    fits = forget(fits, oldest)
  }
  return fits
}

function bundleOf(state: MailState): Bundle {
  return { next: recipientOf(state.own.at(-1) ?? ""), has: state.received, letters: waitingIn(state).map(({ n, day, text }) => ({ n, day, text })) }
}

/** Which mailbox, and which way: what a bundle's signature covers beside it. */
export interface Way {
  readonly deployment: Uint8Array
  readonly filingId: Uint8Array
  readonly from: "author" | "counselor"
}

function signedPart({ deployment, filingId, from }: Way, file: Uint8Array): Uint8Array {
  return concat(u8(1), deployment, filingId, u8(from === "author" ? 1 : 2), sha256(file))
}

/** signature[64] ‖ age file. Random bytes when there is nobody to seal to: nobody else can tell. */
export function sealBundle(state: MailState, way: Way, seed: Uint8Array, random: Random): Uint8Array {
  const file = state.their === null ? null : sealPadded([state.their], bundleOf(state), [bundleText], random)
  return file === null ? random(bundleSize) : concat(sign("mail", signedPart(way, file), seed), file)
}

/** `null` when it is not by them, not for us, or nothing at all: that cannot be told apart, and need not be. */
export function openBundle(state: MailState, way: Way, key: Uint8Array, bytes: Uint8Array): { readonly bundle: Bundle, readonly by: string } | null {
  const [signature, file] = [bytes.slice(0, 64), bytes.slice(64)]
  if (!verify("mail", signedPart(way, file), signature, key)) return null
  for (const identity of state.own) {
    const reader = new AgeReader(identity)
    const [start, rest] = [reader.push(file), reader.finish()]
    const bundle = start === null || rest === null ? null : parseBundle(concat(start, rest))
    if (bundle !== null) return { bundle, by: identity }
  }
  return null
}

function parseBundle(bytes: Uint8Array): Bundle | null {
  const read = parseJson(bytes)
  const letters = listOf(read?.["letters"], ({ n, day, text }) => (isWhole(n, 1, 2 ** 32 - 1) && isWhole(day, 0, 2 ** 32 - 1) && typeof text === "string" ? { n, day, text } : null))
  const [next, has] = [read?.["next"], read?.["has"]]
  return letters !== null && typeof next === "string" && fromBech32("age", next)?.length === 32 && isWhole(has, 0, 2 ** 32 - 1) ? { next, has, letters } : null
}

/** A state under its owner's key, in one size. */
export function sealState(state: MailState, key: Uint8Array, filingId: Uint8Array, random: Random): Uint8Array {
  return sealText(key, filingId, JSON.stringify(state), [stateText], random) ?? random(stateSize)
}

export function openState(sealed: Uint8Array, key: Uint8Array, filingId: Uint8Array): MailState | null {
  const read = parseJson(openText(key, filingId, sealed))
  return isObject(read) && read["wetoo"] === "mail/1" && Array.isArray(read["own"]) && Array.isArray(read["letters"]) ? (read as unknown as MailState) : null
}

/** What a side leaves: u32 revision ‖ state ‖ bundle. */
export function putOf(revision: number, state: Uint8Array, bundle: Uint8Array): Uint8Array {
  return concat(u32(revision), state, bundle)
}

/** What a side finds. */
export function parseAnswer(bytes: Uint8Array): { readonly counselor: Uint8Array, readonly revision: number, readonly state: Uint8Array, readonly bundle: Uint8Array } | null {
  const reader = new Reader(bytes)
  const answer = { counselor: reader.bytes(32), revision: reader.u32(), state: reader.bytes(stateSize), bundle: reader.bytes(bundleSize) }
  return reader.done ? answer : null
}
