import { isObject, isWhole, type Json } from "./json.js"

/** What an author may decide, each alone; `later` is no decision yet. */
export const decisions = ["nothing", "employer", "police", "lawyer", "meet", "withdraw", "later"] as const

/** What was decided, or begun, and when. WEP-1, section 17.3. */
export interface Decision {
  readonly what: typeof decisions[number]
  readonly day: number
}

/** Reads one out of what a side says of itself; `null` when it is none. */
export function decisionOf(value: unknown): Decision | null {
  if (!isObject(value)) return null
  const { what, day } = value as Json
  return decisions.some((one) => one === what) && isWhole(day, 0, 2 ** 32 - 1) ? { what: what as Decision["what"], day } : null
}

/** Whether it can still be changed here: until its counselor has begun with just this. */
export function isOpen(decided: Decision | null, begun: Decision | null): boolean {
  return decided === null || begun === null || begun.what !== decided.what || begun.day < decided.day
}
