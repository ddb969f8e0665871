import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { hasFailed, storeBox, type Edge, type Failed, type Visit } from "./author.js"
import { ascii, concat, equal, fromHex, toHex, type Random } from "./bytes.js"
import { statusOf } from "./filing.js"
import { isWhole, parseJson } from "./json.js"
import { entryOf } from "./log-entry.js"
import { openBox, sealBox } from "./sealed-box.js"
import { publicKey, signed } from "./signing.js"
import { u32, u8 } from "./wire.js"

const version = u8(1)
const contentSize = 8192
const saltSize = 32
const entrySize = 34
const mostNotes = 5
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const checkSize = 3

/** Characters of a note, at most. */
export const longestNote = 2000

/** What somebody who was asked writes. WEP-1, section 19. */
export interface NoteContent {
  readonly wetoo: "note/1"
  readonly text: string
  /** Who writes, as they say themselves; empty: unsaid. */
  readonly name: string
  /** How they know of it, likewise. */
  readonly how: string
  readonly day: number
}

/** A note with what dates it. */
export interface OpenNote {
  /** `null`: it does not open, or is no note. */
  readonly content: NoteContent | null
  /** Its JSON, to the byte. */
  readonly thing: string
  readonly salt: Uint8Array
  /** What the log's entry says of it, 32 bytes: it is called by this. */
  readonly commitment: Uint8Array
  /** Whether the entry is of this note: if not, nothing dates it. */
  readonly isDated: boolean
}

/** Notes that others left, and the code under which more may come; `null`: none may. */
export interface Notes {
  readonly code: string | null
  readonly notes: readonly OpenNote[]
  /** Whether no more can come until one goes. */
  readonly isFull: boolean
}

/** The X25519 key to which notes are sealed, another for each time that an author asks anew. @param round - From 1. */
export function noteSecretOf(boxKey: Uint8Array, round: number): Uint8Array {
  return hkdf(sha512, boxKey, new Uint8Array(0), concat(ascii("wetoo/v1/note-box"), u32(round)), 32)
}

/** The seed of the note key: whoever has the code has it, and the vault has its public half alone. */
export function noteSeedOf(recipient: Uint8Array): Uint8Array {
  return hkdf(sha512, recipient, new Uint8Array(0), ascii("wetoo/v1/note"), 32)
}

/** A code to give: the recipient and 24 check bits, in fourteen groups of four. */
export function textOfNoteCode(recipient: Uint8Array): string {
  const bits = [...recipient, ...checkOf(recipient)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const symbols = Array.from({ length: 56 }, (_, i) => alphabet[Number((bits >> BigInt(5 * (55 - i))) & 31n)] ?? "")
  return (symbols.join("").match(/.{4}/g) ?? []).join("-")
}

/** Reads a code as a person types or pastes it, alone or behind the `#` of a link; `null` when it is none, or a sign is wrong. */
export function parseNoteCode(text: string): Uint8Array | null {
  const typed = text.slice(text.lastIndexOf("#") + 1).normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "").replaceAll("O", "0").replace(/[IL]/g, "1")
  const symbols = [...typed].map((symbol) => alphabet.indexOf(symbol))
  if (symbols.length !== 56 || symbols.includes(-1)) return null
  const bits = symbols.reduce((sum, symbol) => (sum << 5n) | BigInt(symbol), 0n)
  const bytes = Uint8Array.from({ length: 32 + checkSize }, (_, i) => Number((bits >> BigInt(8 * (31 + checkSize - i))) & 255n))
  const recipient = bytes.slice(0, 32)
  return equal(bytes.slice(32), checkOf(recipient)) ? recipient : null
}

function checkOf(recipient: Uint8Array): Uint8Array {
  return sha256(concat(ascii("wetoo/v1/note-code"), recipient)).slice(0, checkSize)
}

/** NoteBox, 166 bytes. @param subject - The note key; of a note that is thrown away, its commitment. */
export function noteBoxOf(deployment: Uint8Array, day: number, filingId: Uint8Array, act: "take" | "close" | "drop", subject: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("note-box", concat(version, deployment, u32(day), publicKey(seed), filingId, u8({ take: 1, close: 2, drop: 3 }[act]), subject), seed)
}

/** Note, 8391 bytes, with what its writer may keep; `null` when it is too long, or the code is none. */
export function noteOf(
  deployment: Uint8Array, day: number, recipient: Uint8Array, content: NoteContent, random: Random,
): { readonly message: Uint8Array, readonly thing: string, readonly salt: Uint8Array } | null {
  const [salt, thing] = [random(saltSize), JSON.stringify(content)]
  const json = ascii(thing)
  if (json.length > contentSize - saltSize) return null
  const padded = new Uint8Array(contentSize).fill(0x20)
  padded.set(salt)
  padded.set(json, saltSize)
  const [box, seed] = [sealBox(recipient, padded, random), noteSeedOf(recipient)]
  if (box === null) return null
  return { message: signed("note", concat(version, deployment, u32(day), publicKey(seed), entryOf(10, salt, json), box), seed), thing, salt }
}

/** Opens what a vault answered. What does not open with these keys is there all the same: its author has to be able to throw it away. */
export function openFriendNotes(answer: Uint8Array, secrets: readonly Uint8Array[]): OpenNote[] {
  const size = entrySize + contentSize + 48
  return Array.from({ length: mostNotes }, (_, i) => answer.slice(32 + i * size, 32 + (i + 1) * size)).flatMap((one) => {
    const entry = one.slice(0, entrySize)
    if (entry.every((byte) => byte === 0)) return []
    for (const secret of secrets) {
      const content = openBox(secret, one.slice(entrySize))
      const note = content && readNote(content, entry)
      if (note) return [note]
    }
    return [{ content: null, thing: "", salt: new Uint8Array(0), commitment: entry.slice(2), isDated: false }]
  })
}

function readNote(content: Uint8Array, entry: Uint8Array): OpenNote | null {
  const [salt, thing] = [content.slice(0, saltSize), new TextDecoder().decode(content.slice(saltSize)).trimEnd()]
  const read = parseNote(thing)
  return read && { content: read, thing, salt, commitment: entry.slice(2), isDated: equal(entry, entryOf(10, salt, ascii(thing))) }
}

/** Signs that break a line, or turn round what stands after it. */
const unruly = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** A name, on one line. */
export function oneLine(text: string): string {
  return text.replace(unruly, " ").trim()
}

/** `null` when it is no note, to the byte: what is attached says nothing but what was shown. */
export function parseNote(json: string): NoteContent | null {
  const read = parseJson(json)
  const [text, name, how, day] = [read?.["text"], read?.["name"], read?.["how"], read?.["day"]]
  if (typeof text !== "string" || typeof name !== "string" || typeof how !== "string" || !isWhole(day, 0, 2 ** 32 - 1)) return null
  const note = { wetoo: "note/1", text, name: oneLine(name), how: oneLine(how), day } as const
  return JSON.stringify(note) === json ? note : null
}

/** What was left for an author. */
export async function lookAtNotes(edge: Edge, { keyset, keys, box }: Visit): Promise<Notes | Failed> {
  const answer = await edge.ask("POST", "/v1/note-boxes", statusOf(keyset.deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed))
  if (hasFailed(answer)) return answer
  if (answer.length !== 32 + mostNotes * (entrySize + contentSize + 48)) return { failed: "malformed-message" }

  const round = box.note_round ?? 0
  const secrets = Array.from({ length: Math.min(round, 99) }, (_, i) => noteSecretOf(keys.boxKey, round - i))
  const recipient = secrets[0] && x25519.getPublicKey(secrets[0])
  const isOpen = recipient !== undefined && equal(answer.slice(0, 32), publicKey(noteSeedOf(recipient)))
  const notes = openFriendNotes(answer, secrets)
  return { code: isOpen ? textOfNoteCode(recipient) : null, notes, isFull: notes.length === mostNotes }
}

/** Asks anew: a new code, and one before takes no notes any more. The author's own copy has it first. `null`, or what came instead. */
export async function askForNotes(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  const before = visit.box
  visit.box = { ...before, note_round: (before.note_round ?? 0) + 1 }
  const failed = await storeBox(edge, visit)
  if (failed === null) return tell(edge, visit, filingId, "take")
  visit.box = before
  return failed
}

/** Takes no more; `null`, or what came instead. */
export function askNoMore(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  return tell(edge, visit, filingId, "close")
}

/** Throws a note away; `null`, or what came instead. */
export function dropNote(edge: Edge, visit: Visit, filingId: string, { commitment }: OpenNote): Promise<Failed | null> {
  return tell(edge, visit, filingId, "drop", commitment)
}

async function tell(edge: Edge, { keyset, keys, box }: Visit, filingId: string, act: "take" | "close" | "drop", commitment?: Uint8Array): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const subject = commitment ?? publicKey(noteSeedOf(x25519.getPublicKey(noteSecretOf(keys.boxKey, box.note_round ?? 0))))
  const answer = await edge.ask("PUT", "/v1/note-boxes", noteBoxOf(keyset.deployment, edge.today(), id, act, subject, keys.seed))
  return hasFailed(answer) ? answer : null
}

/** As it goes into an addition: the note to the byte, its salt, and the proof of its date where there is one. */
export function attachedOf({ thing, salt }: OpenNote, proof: string | null): { readonly thing: string, readonly salt: string, readonly proof: string | null } {
  return { thing, salt: toHex(salt), proof }
}
