import { ascii, concat, fromBase64, fromHex, toHex } from "./bytes.js"
import type { Dated } from "./evidence.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import { entryOf, type EntryKind } from "./log-entry.js"
import type { Token } from "./timestamp.js"
import { parsePolicy, sameRules } from "./tlog-policy.js"
import { isIncluded, parseProof, shownBy, type LogProof, type NotEnough, type Shown } from "./tlog-proof.js"
import { u32 } from "./wire.js"

// What the vault says of dates, and what of it holds: spec/log.md, "How a date is fetched".

/** What the vault tells of one entry. Nothing of it is verified yet. */
export interface ToldEntry {
  /** In hex. */
  readonly entry: string
  readonly filingId: string | null
  readonly day: number
  readonly salt: Uint8Array | null
  readonly proof: string | null
  readonly timestamp: Uint8Array | null
}

export interface Told {
  /** The rules that the vault names: which log, which witnesses, and how many of them. */
  readonly policy: string | null
  readonly entries: readonly ToldEntry[]
}

/** Something whose date holds. */
export interface Held {
  readonly kind: "dated"
  readonly dated: Dated
  readonly proof: LogProof
  readonly shown: Shown
  readonly token: Token | null
}

/** How it stands with the date of a thing; `unlogged`: the vault knows nothing of it; `waiting`: no witnesses enough have seen it yet. */
export type Standing = Held | { readonly kind: "unlogged" | "waiting" | "not-proven" | NotEnough }

/** A notice that an author was told of a match. */
export interface Notice {
  readonly thing: Uint8Array
  readonly salt: Uint8Array
  readonly day: number
}

/** Reads the answer of `/v1/proofs`; `null` when a member is malformed. */
export function parseTold(answer: Uint8Array): Told | null {
  const json = parseJson(answer)
  const [policy, entries] = [json?.["policy"], listOf(json?.["entries"], toldEntryOf)]
  return entries !== null && (policy === null || typeof policy === "string") ? { policy, entries } : null
}

function toldEntryOf({ entry, filing_id, day, salt, proof, timestamp }: Json): ToldEntry | null {
  const [own, token] = [fromHex(salt, 32), fromBase64(timestamp)]
  return fromHex(entry, 34) !== null && isWhole(day, 0, 2 ** 32 - 1) && (filing_id === null || fromHex(filing_id, 16) !== null)
    && (salt === null || own !== null) && (proof === null || typeof proof === "string") && (timestamp === null || token !== null)
    ? { entry: (entry as string).toLowerCase(), filingId: filing_id as string | null, day, salt: own, proof, timestamp: token } : null
}

/**
 * How it stands with the date of a thing, by the rules that somebody knows and by no others.
 *
 * @param policies - What they know, oldest first: what was dated under earlier rules keeps its date.
 * @param read - Reads a timestamp token over a text; none for who looks at witnesses alone.
 */
export function standingOf(
  told: Told, kind: EntryKind, salt: Uint8Array, thing: Uint8Array, policies: readonly string[], read: (token: Uint8Array, text: string) => Token | null = () => null,
): Standing {
  const entry = entryOf(kind, salt, thing)
  const one = told.entries.find((each) => each.entry === toHex(entry))
  if (one === undefined) return { kind: "unlogged" }
  if (one.proof === null) return { kind: "waiting" }

  const proof = parseProof(one.proof)
  if (proof === null || !isIncluded(proof, entry)) return { kind: "not-proven" }
  const shown = policies.map((text) => shownByText(proof, text))
  const best = shown.findLast((each) => typeof each !== "string")
  if (best === undefined || typeof best === "string") return { kind: shown.at(-1) as NotEnough | undefined ?? "log-unknown" }

  // A token that does not hold is as none: the witnesses' date stays.
  const token = one.timestamp === null ? null : read(one.timestamp, proof.note.text)
  return { kind: "dated", dated: { thing, salt, proof: one.proof, timestamp: token === null ? null : one.timestamp }, proof, shown: best, token }
}

function shownByText(proof: LogProof, text: string): Shown | NotEnough {
  const policy = parsePolicy(text)
  return policy === null ? "log-unknown" : shownBy(proof, policy)
}

/** The newest of these rules by which all of this has its date; `null` when there is none. */
export function policyOfAll(held: readonly Held[], policies: readonly string[]): string | null {
  return policies.findLast((text) => held.every(({ proof }) => typeof shownByText(proof, text) !== "string")) ?? null
}

/** The first notice of a match that the vault tells for one of these filings; `null` when there is none. */
export function noticeOf(told: Told, deployment: Uint8Array, filingIds: readonly string[]): Notice | null {
  for (const { entry, filingId, salt, day } of told.entries) {
    const id = fromHex(filingId, 16)
    if (salt === null || id === null || !filingIds.includes(toHex(id))) continue
    const thing = concat(ascii("wetoo/v1/match-notice"), deployment, id, u32(day))
    if (toHex(entryOf(9, salt, thing)) === entry) return { thing, salt, day }
  }
  return null
}

/** Whether the vault names other rules than those that somebody knows; rules that cannot be read are others. */
export function haveChanged({ policy }: Told, known: readonly string[]): boolean {
  if (policy === null || known.includes(policy)) return false
  const now = parsePolicy(policy)
  return now === null || !known.some((text) => {
    const before = parsePolicy(text)
    return before !== null && sameRules(before, now)
  })
}
