import { sha256 } from "@noble/hashes/sha2.js"
import { encryptTo } from "./age.js"
import { hasFailed, type Failed } from "./author.js"
import { ascii, concat, equal, fromBase64, fromHex, toHex } from "./bytes.js"
import { fitNotes, noteEntryOf, type HandedNotes, type NoteEntry } from "./case-notes.js"
import type { Case } from "./counselor.js"
import { askSigned, decrypt, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import { handoverOf, readHandover } from "./handover.js"
import { listOf, parseJson } from "./json.js"
import type { Keyset } from "./keyset.js"
import { publicKey } from "./signing.js"

/** A note tells nothing by its length: three answers, and what was noted for the work. */
const [noteSize, answersSize] = [20_480, 4096]

/** What a counselor writes for whoever has a case after them. */
export interface HandoverNote {
  /** What its author wants. */
  readonly wants: string
  /** What was promised, and by when. */
  readonly promised: string
  /** What not to ask again. */
  readonly avoid: string
}

/** A note, and the signing key of whoever wrote it, in hex: anybody can sign; with what they had noted for the work. */
export interface ReceivedNote extends HandoverNote {
  readonly by: string
  readonly handed: HandedNotes
}

/** Reads a note that came with a case; `null` when it is not what its signer sealed for this counselor. */
export async function readNote(keyset: Keyset, keys: CounselorKeys, filingId: string, given: { readonly message: unknown, readonly note: unknown }): Promise<ReceivedNote | null> {
  const [id, message, note] = [fromHex(filingId, 16), fromBase64(given.message), fromBase64(given.note)]
  const handover = id && message && readHandover(keyset, id, message)
  if (!handover || note === null || !equal(handover.noteSha256, sha256(note)) || !equal(handover.successor, publicKey(seedOf(keys)))) return null
  const said = parseJson(await decrypt(keys, given.note))
  if (said?.["wetoo"] !== "handover/1") return null
  const isMember = keyset.counselors.some(({ signing }) => equal(signing, handover.counselor)) // Nobody else says who of the team wrote something.
  const [by, entries] = [toHex(handover.counselor), listOf(said["notes"] ?? [], noteEntryOf) ?? []]
  return {
    by, wants: textOf(said["wants"]), promised: textOf(said["promised"]), avoid: textOf(said["avoid"]),
    handed: { hash: toHex(handover.noteSha256), entries: entries.filter(({ kind }) => kind === "work").map((one) => isMember ? { by, ...one } : { ...one, by }) },
  }
}

/** Proposes who has a case from a day on, with a note for them alone and what was noted for the work; reminders to self never go. `null`, or what came instead. */
export async function propose(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { caseId, filingId }: Case, successor: string, fromDay: number, note: HandoverNote, noted: readonly NoteEntry[] = [],
): Promise<Failed | null> {
  const [id, heir] = [fromHex(filingId, 16), keyset.counselors.find(({ signing }) => toHex(signing) === successor)]
  if (id === null || heir === undefined) return { failed: "counselor-unknown" }

  const own = toHex(publicKey(seedOf(keys)))
  const notes = noted.filter(({ kind }) => kind === "work").map((one) => ({ by: own, ...one }))
  const text = ascii(JSON.stringify({ wetoo: "handover/1", ...note, notes }))
  if (ascii(JSON.stringify(note)).length > answersSize || text.length > noteSize || !fitNotes(notes)) return { failed: "message-too-large" }
  const padded = new Uint8Array(noteSize).fill(0x20)
  padded.set(text)
  const sealed = encryptTo([heir.recipient], padded, edge.random)
  if (sealed === null) return { failed: "counselor-unknown" }

  const message = handoverOf(keyset.deployment, edge.today(), id, heir.signing, fromDay, sha256(sealed), seedOf(keys))
  return post(edge, keyset, keys, caseId, concat(message, sealed))
}

/** Takes back what was proposed. */
export function takeBack(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string): Promise<Failed | null> {
  return post(edge, keyset, keys, caseId, new Uint8Array(0))
}

async function post(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, body: Uint8Array): Promise<Failed | null> {
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/handover`, body)
  return hasFailed(answer) ? answer : null
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}
