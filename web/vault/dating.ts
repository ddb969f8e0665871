import { hasFailed, storeBox, type Failed, type Visit as AuthorVisit } from "../core/author.js"
import { ascii } from "../core/bytes.js"
import { haveChanged, parseTold, standingOf, type Standing, type Told } from "../core/dates.js"
import { publicSalt, type EntryKind } from "../core/log-entry.js"
import { parsePolicy } from "../core/tlog-policy.js"
import { edge } from "./transport.js"

/** How it stands with what everybody reads here: that it is in the log shows an author that others get the same. */
export interface PlaceDates {
  readonly keyset: Standing
  readonly roster: Standing
  readonly changed: string | null
}

/** Asks whether keys and team stand in the log, by the rules that the author knows; `null` when this place names no log. */
export async function placeDatesOf(author: AuthorVisit): Promise<PlaceDates | Failed | null> {
  const answer = await edge.ask("GET", "/v1/proofs")
  if (hasFailed(answer)) return answer
  const told = parseTold(answer)
  if (told === null) return { failed: "malformed-message" }

  meet(author, told)
  const policies = knows(author)
  if (policies.length === 0) return null
  const shown = (kind: EntryKind, thing: Uint8Array) => standingOf(told, kind, publicSalt, thing, policies)
  return { keyset: shown(4, author.keyset.text), roster: shown(5, ascii(author.keyset.roster)), changed: haveChanged(told, policies) ? told.policy : null }
}

/** What to tell of it; `null` when this place names no log, and its author knows of none. */
export function wordOf(dates: PlaceDates | Failed | null): "changed" | "logged" | "early" | "wrong" | "unasked" | null {
  if (dates === null) return null
  if ("failed" in dates) return "unasked"
  if (dates.changed !== null) return "changed"
  const kinds = [dates.keyset.kind, dates.roster.kind]
  if (kinds.every((kind) => kind === "dated")) return "logged"
  return kinds.every((kind) => kind === "dated" || kind === "waiting" || kind === "unlogged") ? "early" : "wrong"
}

/** The first rules that an author meets they know from then on; their own copy has them with its next change. */
export function meet(author: AuthorVisit, { policy }: Told): boolean {
  if (knows(author).length > 0 || policy === null || parsePolicy(policy) === null) return false
  author.box = { ...author.box, policies: [policy] }
  return true
}

/** The rules that an author knows, oldest first. */
export function knows({ box }: AuthorVisit): readonly string[] {
  return box.policies ?? []
}

/** Keeps rules in the author's own copy, once they have seen them; `null`, or what came instead. */
export async function learn(author: AuthorVisit, policy: string): Promise<Failed | null> {
  const before = author.box
  author.box = { ...before, policies: [...before.policies ?? [], policy] }
  const failed = await storeBox(edge, author)
  if (failed !== null) author.box = before
  return failed
}
