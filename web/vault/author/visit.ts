import { chosenLanguage, type Language } from "../language.js"
import type { Leaving } from "../leave.js"
import type { Page } from "../page.js"
import type { Code, Held } from "../device-protocol.js"
import type { Entry } from "../protocol.js"
import { emptyRecord, type RecordDraft } from "./record-draft.js"
import type { Store } from "../store.js"

/** What a person has typed: plain JSON, as the store keeps it. It is gone when they leave, unless they chose to keep a locked copy. */
export interface Draft {
  readonly format: "draft/1"
  /** Whether anybody checks this device. */
  device: "yes" | "maybe" | "no" | null
  age: "under15" | "under18" | "adult" | "unsaid" | null
  /** Whether they signed a paper about this. */
  signed: "yes" | "unsure" | "no" | null
  record: RecordDraft
  callMe: string
  noContact: boolean
  how: string
  times: string
  sayWhat: string
  who: string
  notes: string
  namedBefore: boolean
  identifiers: NamedBy[]
  /** 1: written to a counselor at once. Null: kept. */
  least: 1 | 2 | 3 | 4 | 5 | null
  /** Whether all five cards were seen, the last with the names of those who hold the keys. Nothing is locked for a match before. */
  informed: boolean
  /** The signing keys of the counselors who are left out. */
  leftOut: string[]
  /** Whose time limits are shown: ISO 3166, `other`, or null while nothing was chosen. */
  country: string | null
  /** Chosen by the person; null for what their browser asks for. */
  language: Language | null
  /** What was answered before locking: the consents C3 … C10, and "lost". */
  answers: Record<string, "yes" | "no">
  /** The stop code, until it is locked: whoever goes on another day finds the one they wrote down. */
  stopCode: string | null
  /** The first half of the receipt in hex, once it was shown. */
  half: string | null
  /** The step that was shown last. */
  at: string | null
  /** Base64, once obtained: an invitation works only once. */
  credential: string | null
  /** Hexadecimal, once it is to be locked: trying again after a break does not make a second filing. */
  filingId: string | null
}

/** One identifier in canonical form, and how it reads in plain words. */
export interface NamedBy {
  /** The type, a colon, and the value. */
  readonly canonical: string
  readonly words: string
}

export interface Visit {
  readonly page: Page
  readonly leaving: Leaving
  draft: Draft
  /** The 13 bytes that the ten words say. Made on this device, when a copy is to be kept or before the seal, whichever comes first. */
  receipt: Uint8Array | null
  /** What the receipt gives at this place and, once obtained, the credential. */
  entry: Entry | null
  /** Where the draft and its files are held. */
  store: Store
  /** Files that are not sealed yet, by their ids: the device's own, read when they are needed. */
  readonly picked: Map<string, Blob>
  /** Opens this page again after it locked, for those who keep nothing and chose a code. */
  code: Code | null
  /** What the page holds while it is locked. */
  held: Held | null
  /** What was typed and had not left, as an addition and into the mailbox, each sealed under its author's own key: it stays in memory while the page is locked. */
  readonly unsent: { added: Uint8Array | null, mail: Uint8Array | null }
  /** Locks the page now: nothing that was typed or opened stays readable in it. */
  readonly lock: () => void
}

export function emptyDraft(): Draft {
  return {
    format: "draft/1", answers: {}, stopCode: null, half: null, device: null, age: null, signed: null,
    record: emptyRecord(), callMe: "", noContact: false, how: "", times: "", sayWhat: "", who: "", notes: "", namedBefore: false,
    identifiers: [], least: 2, informed: false, leftOut: [], country: null, language: chosenLanguage(), at: null, credential: null, filingId: null,
  }
}

export function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "format" in value && value.format === "draft/1"
}

/** For somebody under 18, an account is not proposed for a match: the choice stays theirs. */
export function isMinor({ age }: Pick<Draft, "age">): boolean {
  return age === "under15" || age === "under18"
}
