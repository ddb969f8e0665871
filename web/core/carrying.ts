import { hasFailed, type Failed } from "./author.js"
import { askSigned, type CounselorKeys, type DeskEdge } from "./desk.js"
import { isWhole, parseJson } from "./json.js"
import type { Keyset } from "./keyset.js"

/** What a counselor takes on. WEP-1, section 12.6. */
export interface CounselorLimits {
  /** How many open cases at once. */
  readonly most: number
  /** How many new ones in seven days; `null`: as many as there are. */
  readonly weekly: number | null
  /** From this hour until that one, by the clocks of the zone, nothing new reaches them; `null`: at any time it does. */
  readonly quiet: { readonly from: number, readonly until: number } | null
  readonly zone: string
  /** Nothing new before this day; `null`: any day. */
  readonly notBefore: number | null
}

export async function limitsOf(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<CounselorLimits | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/limits")
  if (hasFailed(answer)) return answer
  const { most, weekly, quiet_from: from, quiet_until: until, zone, not_before } = parseJson(answer) ?? {}
  return isWhole(most, 0, mostCases) && (weekly === null || isWhole(weekly, 0, mostCases)) && typeof zone === "string" && (not_before === null || isWhole(not_before, 0, 2 ** 32 - 1))
    ? { most, weekly, quiet: isWhole(from, 0, 23) && isWhole(until, 0, 23) ? { from, until } : null, zone, notBefore: not_before }
    : { failed: "malformed-message" }
}

/** Says it; `null`, or what came instead. */
export async function setLimits(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { most, weekly, quiet, zone, notBefore }: CounselorLimits): Promise<Failed | null> {
  const said = { most, weekly, quiet_from: quiet?.from ?? null, quiet_until: quiet?.until ?? null, zone, not_before: notBefore }
  const answer = await askSigned(edge, keyset, keys, "POST", "/v1/desk/limits", new TextEncoder().encode(JSON.stringify(said)))
  return hasFailed(answer) ? answer : null
}

/** The most that anybody can say. */
export const mostCases = 99
