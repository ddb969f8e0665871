import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { AgeReader, newAgeIdentity } from "./age-stream.js"
import { fromBech32 } from "./bech32.js"
import { openText, sealText } from "./box.js"
import { ascii, concat, toHex, type Random } from "./bytes.js"
import { sealPadded } from "./direct.js"
import { isFileReference, type FileReference } from "./file-reference.js"
import { isObject, isWhole, listOf, parseJson, type Json } from "./json.js"
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
/** The most files of one message. */
export const mostFiles = 3
/** The most that one side may say of itself beside its messages, as JSON in bytes. */
const standingText = 2048

/** One message, as either side keeps it. */
export interface Letter {
  readonly from: "me" | "them"
  /** The how-manieth of its sender, from 1; 0 for what was said with a counselor who has the case no more. */
  readonly n: number
  readonly day: number
  readonly text: string
  readonly files?: readonly FileReference[]
  /** It was written to a counselor who gave the case back before they had it. */
  readonly missed?: boolean
}

/** What one side says of itself beside its messages: a JSON object, replaced whole. Who reads it judges each member. */
export type Standing = Readonly<Record<string, unknown>>

/** All that one side keeps of a mailbox. It is replaced whole: what is taken out of it is gone, and so are the keys that it held before. */
export interface MailState {
  readonly wetoo: "mail/1"
  /** The signing key of the counselor, in hex: with another it begins anew. */
  readonly with: string
  /** The last counselor whose name its owner has seen: to another nothing is said before. */
  readonly met: string
  /** What the other may seal to, the newest last: two at most. */
  readonly own: readonly string[]
  /** The key that the other signs with, in hex, and what to seal to; null while there is nobody. */
  readonly by: string | null
  readonly their: string | null
  readonly received: number
  readonly sent: number
  /** How many of what was sent the other has. */
  readonly acknowledged: number
  /** How many of the other's its owner has seen. */
  readonly seen: number
  readonly letters: readonly Letter[]
  readonly standing: Standing
  /** What the other said of themselves last. */
  readonly theirs: Standing
}

/** What the other signs with, and can first be sealed to. */
export interface Other {
  readonly key: Uint8Array
  readonly recipient: string
}

/** What is said to the other: all that they do not have yet. */
interface Bundle {
  readonly next: string
  readonly has: number
  readonly standing: Standing
  readonly letters: readonly Pick<Letter, "n" | "day" | "text" | "files">[]
}

/** Under which a side keeps its state: from the author's box key or the counselor's seed. */
export function stateKey(secret: Uint8Array, filingId: Uint8Array): Uint8Array {
  return hkdf(sha512, secret, new Uint8Array(0), concat(ascii("wetoo/v1/mail-state"), filingId), 32)
}

/** A mailbox in which nobody has said anything. @param first - The identity that the other knows already. */
export function emptyMail(counselor: string, first: string, other: Other | null): MailState {
  return {
    wetoo: "mail/1", with: counselor, met: "", own: [first], by: other && toHex(other.key), their: other?.recipient ?? null, received: 0, sent: 0, acknowledged: 0, seen: 0, letters: [], standing: {}, theirs: {},
  }
}

/** With another counselor it begins anew. What was said before stays to be read, and is never sent again; what its owner says of themselves holds. */
export function withAnother(state: MailState, counselor: string, first: string, other: Other | null): MailState {
  const waiting = waitingIn(state)
  const letters = state.letters.map((one) => ({ ...one, n: 0, ...(waiting.includes(one) ? { missed: true } : {}) }))
  return { ...emptyMail(counselor, first, other), met: state.met, standing: state.standing, letters }
}

/** What the other does not have yet. */
export function waitingIn({ letters, acknowledged }: MailState): readonly Letter[] {
  return letters.filter((one) => one.from === "me" && one.n > acknowledged)
}

/** Says something. `null` when there is no room until the other has looked, the text is too long, or its owner has not seen who has the case now. */
export function write(state: MailState, text: string, day: number, files: readonly FileReference[] = []): MailState | null {
  const n = state.sent + 1
  const letter: Letter = { from: "me", n, day, text, ...(files.length > 0 ? { files } : {}) }
  const next: MailState = { ...state, sent: n, letters: [...state.letters, letter] }
  return state.met !== state.with || text.length > longest || files.length > mostFiles || lengthOf(bundleOf(next)) > waitingText ? null : fitted(next)
}

/** Says what holds from now on. `null` when it is too long. */
export function stand(state: MailState, standing: Standing): MailState | null {
  return lengthOf(standing) > standingText ? null : fitted({ ...state, standing })
}

/** Takes a message out of what is kept. What the other does not have yet stays until they do. */
export function forget(state: MailState, letter: Letter): MailState {
  return waitingIn(state).includes(letter) ? state : { ...state, letters: state.letters.filter((one) => one !== letter) }
}

/** Takes what the other says. @param opened - What `openBundle` gave. */
export function take(state: MailState, { bundle, by }: { readonly bundle: Bundle, readonly by: string }, random: Random): MailState {
  let [received, letters] = [state.received, state.letters]
  for (const letter of bundle.letters) {
    if (letter.n !== received + 1) continue // Had before.
    received = letter.n
    letters = [...letters, { from: "them", ...letter }]
  }
  // What they sealed to is known to them: what was before it opens nothing any more, and is forgotten. A new one is offered.
  const known = state.own.slice(state.own.indexOf(by))
  const own = known.length === 1 ? [...known, newAgeIdentity(random)] : known
  const acknowledged = Math.max(state.acknowledged, Math.min(bundle.has, state.sent))
  return fitted({ ...state, own, their: bundle.next, received, acknowledged, letters, theirs: bundle.standing })
}

/** The oldest that both have go when it is full. */
function fitted(state: MailState): MailState {
  let fits = state
  while (lengthOf(fits) + 4 > stateText) {
    const oldest = fits.letters.find((one) => !waitingIn(fits).includes(one))
    if (oldest === undefined) return fits
    fits = forget(fits, oldest)
  }
  return fits
}

/** To a counselor whose name its owner has not seen, nothing is said. */
function bundleOf(state: MailState): Bundle {
  const { received } = state
  const standing = state.met === state.with ? state.standing : {}
  return { next: recipientOf(state.own.at(-1) ?? ""), has: received, standing, letters: waitingIn(state).map(({ from: _, ...letter }) => letter) }
}

function lengthOf(value: object): number {
  return ascii(JSON.stringify(value)).length
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
  const letters = listOf(read?.["letters"], letterOf)
  const [next, has, standing] = [read?.["next"], read?.["has"], read?.["standing"]]
  return letters !== null && typeof next === "string" && fromBech32("age", next)?.length === 32 && isWhole(has, 0, 2 ** 32 - 1)
    && isObject(standing) && lengthOf(standing) <= standingText ? { next, has, standing, letters } : null
}

function letterOf({ n, day, text, files = [] }: Json): Bundle["letters"][number] | null {
  return isWhole(n, 1, 2 ** 32 - 1) && isWhole(day, 0, 2 ** 32 - 1) && typeof text === "string" && Array.isArray(files) && files.length <= mostFiles && files.every(isFileReference)
    ? { n, day, text, ...(files.length > 0 ? { files } : {}) }
    : null
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
