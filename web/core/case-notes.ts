import { hkdf } from "@noble/hashes/hkdf.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { hasFailed, type Failed } from "./author.js"
import { openText, sealText } from "./box.js"
import { ascii, concat, equal, fromHex, type Random } from "./bytes.js"
import type { Case } from "./counselor.js"
import { askSigned, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { Reader, u32 } from "./wire.js"

const registerText = 16_384
export const notesSize = 24 + registerText + 16
/** The longest note, in characters: what was agreed, and not what was told. */
export const longestNote = 1000

/** One thing that a counselor noted of a case. */
export interface NoteEntry {
  /** For the work, or a reminder to self, which nobody else ever gets. */
  readonly kind: "work" | "self"
  readonly day: number
  readonly text: string
  /** When it was last changed. */
  readonly changed?: number
  /** A reminder to self: the last day that it is there. */
  readonly until?: number
  /** Who wrote it, by signing key in hex, when it came with the case. */
  readonly by?: string
}

/** All that a counselor noted of one case. It is replaced whole. */
export interface CaseNotes {
  readonly wetoo: "notes/1"
  /** The hash of the note with which others came, in hex: they come once. */
  readonly taken: string
  readonly entries: readonly NoteEntry[]
}

/** Notes that came with a case, and the hash of what they came in. */
export interface HandedNotes {
  readonly hash: string
  readonly entries: readonly NoteEntry[]
}

/** An entry in the place of another: without the first it is new, without the second one is deleted. */
export interface NotesChange {
  readonly was: NoteEntry | null
  readonly is: NoteEntry | null
}

/** The key of one counselor's notes of one case. WEP-1, section 12.9. */
export function notesKey(seed: Uint8Array, filingId: Uint8Array): Uint8Array {
  return hkdf(sha512, seed, new Uint8Array(0), concat(ascii("wetoo/v1/case-notes"), filingId), 32)
}

/** The whole register, in one size; `null` when it is too long. It opens for its filing and its number alone. */
export function sealNotes(notes: CaseNotes, key: Uint8Array, filingId: Uint8Array, revision: number, random: Random): Uint8Array | null {
  return sealText(key, concat(filingId, u32(revision)), JSON.stringify(notes), [registerText], random)
}

/** `null` when anything differs from what was sealed. */
export function openNotes(sealed: Uint8Array, key: Uint8Array, filingId: Uint8Array, revision: number): CaseNotes | null {
  const read = parseJson(openText(key, concat(filingId, u32(revision)), sealed))
  const [entries, taken] = [listOf(read?.["entries"], noteEntryOf), read?.["taken"]]
  return read?.["wetoo"] === "notes/1" && entries !== null && typeof taken === "string" ? { wetoo: "notes/1", taken, entries } : null
}

/** Whether notes have room in a register. */
export function fitNotes(entries: readonly NoteEntry[]): boolean {
  return ascii(JSON.stringify({ wetoo: "notes/1", taken: "0".repeat(64), entries })).length + 4 <= registerText
}

/** What is no entry is `null`. */
export function noteEntryOf({ kind, day, text, changed, until, by }: Json): NoteEntry | null {
  const isDay = (value: unknown) => isWhole(value, 0, 2 ** 32 - 1)
  return (kind === "work" ? until === undefined : kind === "self" && isDay(until) && by === undefined) && isDay(day) && typeof text === "string"
    && (changed === undefined || isDay(changed)) && (by === undefined || fromHex(by, 32) !== null)
    ? { kind, day, text, ...(changed !== undefined ? { changed } : {}), ...(until !== undefined ? { until } : {}), ...(by !== undefined ? { by } : {}) } as NoteEntry
    : null
}

const nothing: CaseNotes = { wetoo: "notes/1", taken: "", entries: [] }

/** The notes of a case, open. Of two desks that change them at once one hears of it: nothing is ever written over. */
export class NotesVisit {
  readonly #side: { readonly edge: DeskEdge, readonly keyset: Keyset, readonly keys: CounselorKeys, readonly caseId: string, readonly filingId: Uint8Array, readonly key: Uint8Array }
  #notes = nothing
  #revision = 0
  /** What was sent and not answered. */
  #leaving: { readonly sealed: Uint8Array, readonly what: string } | null = null

  private constructor(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { caseId }: Case, filingId: Uint8Array) {
    this.#side = { edge, keyset, keys, caseId, filingId, key: notesKey(seedOf(keys), filingId) }
  }

  /**
   * Opens them, with what came with the case, and without the reminders whose last day is over: that is kept at once.
   *
   * @returns They, or what came instead. `notes-unreadable`: what is kept there was not sealed by this counselor, or not under this number.
   */
  static async open(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case, handed: HandedNotes | null, tries = 3): Promise<NotesVisit | Failed> {
    const id = fromHex(one.filingId, 16)
    if (id === null) return { failed: "malformed-message" }

    const visit = new NotesVisit(edge, keyset, keys, one, id)
    const failed = await visit.#look()
    if (failed !== null) return failed

    const isNew = handed !== null && handed.entries.length > 0 && handed.hash !== visit.#notes.taken
    // What came is by somebody else: as much of it as there is room for.
    const came = isNew ? handed.entries.reduce<readonly NoteEntry[]>((all, each) => fitNotes([...all, each, ...visit.entries]) ? [...all, each] : all, []) : []
    const entries = [...came, ...visit.entries].filter(({ until }) => until === undefined || until >= edge.today())
    if (!isNew && entries.length === visit.entries.length) return visit
    const kept = await visit.#send({ ...visit.#notes, taken: isNew ? handed.hash : visit.#notes.taken, entries }, "open")
    return kept === null ? visit : kept.failed === "notes-changed" && tries > 1 ? NotesVisit.open(edge, keyset, keys, one, handed, tries - 1) : kept
  }

  get entries(): readonly NoteEntry[] {
    return this.#notes.entries
  }

  /**
   * Changes them; the same again is done once.
   *
   * @returns `null`, or what came instead. `notes-changed`: they were changed elsewhere, and are now as they are there; `message-too-large`: there is no room.
   */
  async change(change: NotesChange): Promise<Failed | null> {
    const what = JSON.stringify(change)
    const before = this.#leaving
    const failed = before === null ? null : await this.#look()
    if (failed !== null) return failed
    if (before !== null && this.#leaving === null && before.what === what) return null // Only its answer was lost.

    const entries = changed(this.entries, change)
    return entries === null ? { failed: "notes-changed" } : this.#send({ ...this.#notes, entries }, what)
  }

  #look(): Promise<Failed | null> {
    return this.#exchange(0, this.#side.edge.random(notesSize))
  }

  async #send(notes: CaseNotes, what: string): Promise<Failed | null> {
    const { key, filingId, edge } = this.#side
    const sealed = sealNotes(notes, key, filingId, this.#revision + 1, edge.random)
    if (sealed === null) return { failed: "message-too-large" }

    this.#leaving = { sealed, what }
    const failed = await this.#exchange(this.#revision + 1, sealed)
    return failed ?? (this.#leaving === null ? null : this.#lost())
  }

  #lost(): Failed {
    this.#leaving = null
    return { failed: "notes-changed" }
  }

  /** What is kept there holds. */
  async #exchange(revision: number, sealed: Uint8Array): Promise<Failed | null> {
    const { edge, keyset, keys, caseId, key, filingId } = this.#side
    const bytes = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/notes`, concat(u32(revision), sealed))
    if (hasFailed(bytes)) return bytes
    const reader = new Reader(bytes)
    const [at, kept] = [reader.u32(), reader.bytes(notesSize)]
    const notes = at === 0 ? nothing : openNotes(kept, key, filingId, at)
    if (!reader.done) return { failed: "malformed-message" }
    if (notes === null || at < this.#revision) return { failed: "notes-unreadable" }

    if (this.#leaving !== null && equal(kept, this.#leaving.sealed)) this.#leaving = null;
    [this.#notes, this.#revision] = [notes, at]
    return null
  }
}

/** `null` when what it would take the place of is not there any more. */
function changed(entries: readonly NoteEntry[], { was, is }: NotesChange): readonly NoteEntry[] | null {
  const written = (one: NoteEntry) => JSON.stringify(noteEntryOf({ ...one })) // In one order.
  const at = was === null ? entries.length : entries.findIndex((one) => written(one) === written(was))
  return at < 0 ? null : [...entries.slice(0, at), ...(is === null ? [] : [is]), ...entries.slice(at + 1)]
}
