import type { Leaving } from "../leave.js"
import type { Page } from "../page.js"
import type { Entry } from "../protocol.js"

/** What a person has typed in this visit. It lives in memory alone, and is gone when they leave. */
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
  leftOut: Set<string>
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
  /** The receipt of this visit and, once obtained, the credential. */
  entry: Entry | null
}

export function emptyDraft(): Draft {
  return {
    words: "", callMe: "", noContact: false, how: "", times: "", sayWhat: "", who: "", notes: "", namedBefore: false,
    identifiers: [], least: 2, leftOut: new Set(),
  }
}

/** The steps of an author, in their order. */
const steps = ["write", "reach", "name", "number", "cards", "counselors", "entry", "receipt"] as const

export function stepOf(name: (typeof steps)[number]): { n: number; of: number } {
  return { n: steps.indexOf(name) + 1, of: steps.length }
}
