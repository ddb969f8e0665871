import type { Leaving } from "../leave.js"
import type { Page } from "../page.js"
import type { Entry } from "../protocol.js"
import type { Store } from "../store.js"

/** What a person has typed: plain JSON, as the store keeps it. It is gone when they leave, unless they chose to keep a locked copy. */
export interface Draft {
  words: string
  callMe: string
  noContact: boolean
  how: string
  times: string
  sayWhat: string
  who: string
  notes: string
  namedBefore: boolean
  identifiers: NamedBy[]
  least: 2 | 3 | 4 | 5 | null
  /** The signing keys of the counselors who are left out. */
  leftOut: string[]
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
}

export function emptyDraft(): Draft {
  return {
    words: "", callMe: "", noContact: false, how: "", times: "", sayWhat: "", who: "", notes: "", namedBefore: false,
    identifiers: [], least: 2, leftOut: [],
  }
}
