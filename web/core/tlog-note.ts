import { ed25519 } from "@noble/curves/ed25519.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, equal, fromBase64, toBase64, toHex } from "./bytes.js"

// Notes with signatures of logs and witnesses: C2SP signed-note, tlog-checkpoint and tlog-cosignature. Twin of WeToo.Core.Log.

/** What a key of a note signs: the number is the one of the registry. */
export const noteKinds = { log: 1, witness: 4 } as const

/** A public key by which a note is verified. */
export interface NoteKey {
  readonly name: string
  readonly kind: 1 | 4
  /** The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ public key), in hex. */
  readonly id: string
  readonly publicKey: Uint8Array
}

interface NoteSignature {
  readonly name: string
  readonly id: string
  readonly signature: Uint8Array
}

/** A text with signatures below it. Signatures of keys that nobody asked for say nothing. */
export interface SignedNote {
  /** What is signed, ending with a newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** What a log says of itself at one size. */
export interface Checkpoint {
  readonly origin: string
  readonly size: bigint
  readonly root: Uint8Array
}

const longestNote = 64 * 1024
const mostSignatures = 100

export function noteKeyOf(name: string, kind: NoteKey["kind"], publicKey: Uint8Array): NoteKey {
  return { name, kind, id: toHex(sha256(concat(ascii(`${name}\n`), Uint8Array.of(kind), publicKey)).slice(0, 4)), publicKey }
}

/** Reads `name+id+base64`; `null` when the form is wrong, the id is not its own, or the kind is not one of ours. */
export function parseNoteKey(text: string): NoteKey | null {
  const [, name = "", id = "", encoded = ""] = /^([^+]*)\+([^+]*)\+(.*)$/su.exec(text) ?? []
  const material = onlyBase64(encoded)
  const kind = material?.[0]
  if (!isName(name) || material?.length !== 33 || (kind !== noteKinds.log && kind !== noteKinds.witness)) return null
  const key = noteKeyOf(name, kind, material.slice(1))
  return key.id === id ? key : null
}

export function noteKeyText({ name, id, kind, publicKey }: NoteKey): string {
  return `${name}+${id}+${toBase64(concat(Uint8Array.of(kind), publicKey))}`
}

/** Reads a note. Nothing is verified yet. `null` when the form is wrong. */
export function parseNote(note: string): SignedNote | null {
  const end = note.lastIndexOf("\n\n")
  if (note.length > longestNote || !note.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note) || end < 0 || end + 2 === note.length) return null

  const lines = note.slice(end + 2, -1).split("\n")
  const signatures = lines.length > mostSignatures ? [null] : lines.map(readLine)
  return signatures.includes(null) ? null : { text: note.slice(0, end + 1), signatures: signatures as NoteSignature[] }
}

function readLine(line: string): NoteSignature | null {
  const [, name = "", encoded = ""] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = onlyBase64(encoded)
  return isName(name) && bytes !== null && bytes.length > 4 ? { name, id: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) } : null
}

/** Whether a line is of this key, and every line of this key verifies. */
export function isSignedBy({ text, signatures }: SignedNote, key: NoteKey): boolean {
  const own = ownOf(signatures, key)
  return key.kind === noteKinds.log && own.length > 0 && own.every(({ signature }) => verified(key, text, signature))
}

/** When a witness saw the checkpoint, in seconds since 1970; `null` when no line is of this key, or one of them does not verify. */
export function cosignedAt({ text, signatures }: SignedNote, key: NoteKey): bigint | null {
  const times = ownOf(signatures, key).map(({ signature }) => {
    const at_s = signature.length === 72 ? signature.slice(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) : 1n << 63n
    return at_s < 1n << 63n && verified(key, `cosignature/v1\ntime ${at_s}\n${text}`, signature.slice(8)) ? at_s : null
  })
  if (key.kind !== noteKinds.witness || times.length === 0) return null
  return times.reduce((most, at_s) => (most === null || at_s === null ? null : at_s > most ? at_s : most))
}

/** Reads the text of a note as a checkpoint; `null` when the form is wrong. Extension lines are read over. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = "", size = "", root = "", ...more] = text.endsWith("\n") ? text.slice(0, -1).split("\n") : []
  const [count, hash] = [parseSize(size), onlyBase64(root)]
  return origin !== "" && !more.includes("") && count !== null && hash?.length === 32 ? { origin, size: count, root: hash } : null
}

/** Reads a whole number below 2⁶⁴ without leading zeros; `null` for anything else. */
export function parseSize(text: string): bigint | null {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) return null
  const size = BigInt(text)
  return size < 1n << 64n ? size : null
}

/** Reads base64 of which there is one way to write it. */
export function onlyBase64(text: string): Uint8Array | null {
  const bytes = fromBase64(text)
  return bytes !== null && toBase64(bytes) === text ? bytes : null
}

export function isName(name: string): boolean {
  return name !== "" && !/[\p{Z}\p{Cc}+]/u.test(name)
}

function ownOf(signatures: readonly NoteSignature[], key: NoteKey): readonly NoteSignature[] {
  return signatures.filter(({ name, id }) => name === key.name && id === key.id)
}

function verified({ publicKey }: NoteKey, text: string, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  try {
    return ed25519.verify(signature, ascii(text), publicKey, { zip215: false })
  } catch {
    return false // The library throws for keys that are no points.
  }
}

export function sameKey(one: NoteKey, other: NoteKey): boolean {
  return equal(one.publicKey, other.publicKey)
}
