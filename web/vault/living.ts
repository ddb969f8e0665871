import { consent as sendConsent, hasFailed, keep, storeBox, type BoxAccount, type Failed, type LedgerEntry, type Visit as AuthorVisit } from "../core/author.js"
import { toHex } from "../core/bytes.js"
import { parseStopCode, stopKeysOf, type StopKeys, type Stoppable } from "../core/stop-code.js"
import { findStops, freeze as sendFreeze, freezeAll, revoke as sendRevocation, withdrawAll } from "../core/stopping.js"
import { placeOf, type Place } from "./place.js"
import { directOf, refresh, type Opened, type OwnFiling } from "./returning.js"
import { note } from "./stopping.js"
import { edge } from "./transport.js"
import { stretch } from "./worker.js"

/** What a stop code fits. */
export interface Stop {
  readonly place: Place
  readonly keys: StopKeys
  readonly found: readonly Stoppable[]
}

const nothing: Failed = { failed: "nothing" }

/** Looks what a code fits. That it is none, and that nobody has it, are the same: nothing. */
export async function openStop(text: string): Promise<Stop | Failed> {
  const place = await placeOf()
  if (place === null) return { failed: "unreachable" }
  if ("changed" in place) return { failed: "keyset-invalid" }

  const code = parseStopCode(text)
  if (code === null) return nothing
  const keys = await stopKeysOf(code, place.deployment, stretch)
  const found = await findStops(edge, place, keys)
  if (hasFailed(found)) return found
  return found.length === 0 ? nothing : { place, keys, found }
}

/** @returns Null, or what came instead. */
export async function stopContact({ place, keys, found }: Stop): Promise<string | null> {
  return (await freezeAll(edge, place, keys, found))?.failed ?? null
}

/** @returns Null, or what came instead. */
export async function takeOut({ found }: Stop): Promise<string | null> {
  return (await withdrawAll(edge, found))?.failed ?? null
}

/** Notes an act and stores the copy, once it was done. */
export async function noted(author: AuthorVisit, act: string, answer: LedgerEntry["answer"]): Promise<Opened | Failed> {
  note(author, act, answer)
  return (await storeBox(edge, author)) ?? refresh(author)
}

/** Keeps the team and the keys that they have seen now, and says how things stand. */
export async function saw({ author }: Opened): Promise<Opened | Failed> {
  author.box = { ...author.box, team: author.keyset.roster, keyset: new TextDecoder().decode(author.keyset.text) }
  return (await storeBox(edge, author)) ?? refresh(author)
}

/** What still lives of what an author filed. */
export function living({ filings }: Opened): readonly OwnFiling[] {
  return filings.filter(({ state }) => state !== "withdrawn" && state !== "ended")
}

/** What lives of what waits for a match; where nothing does, what is with a counselor. */
export function waiting(opened: Opened): readonly OwnFiling[] {
  const [all, direct] = [living(opened), directOf(opened)]
  return all.length > 1 ? all.filter((filing) => filing !== direct) : all
}

/** Stops contact for all that lives, or lets it go on, and notes it. */
export async function setFrozen(opened: Opened, frozen: boolean): Promise<Opened | Failed> {
  for (const filing of living(opened)) {
    const failed = await sendFreeze(edge, opened.author, filing.filingId, frozen)
    if (failed !== null) return failed
  }
  return noted(opened.author, "C4", frozen ? "no" : "yes")
}

/** Lets the counselor of these filings read, or takes that back as long as it was not used, and notes it. */
export async function setReading(opened: Opened, may: boolean, of = waiting(opened), act = "C5"): Promise<Opened | Failed> {
  for (const filing of of) {
    const failed = may ? await sendConsent(edge, opened.author, filing.filingId) : await sendRevocation(edge, opened.author, filing.filingId)
    if (failed !== null) return failed
  }
  return noted(opened.author, act, may ? "yes" : "no")
}

/** A new filing of the same account, with other identifiers: its own date stays. It takes the place of the one before once it is filed. */
export function correct(opened: Opened, account: BoxAccount, identifiers: readonly string[]): BoxAccount {
  const fresh: BoxAccount = {
    ...account, filing_id: toHex(edge.random(16)), state: "unfinished", filed_day: null, replaces: account.filing_id,
    corrected_days: [...(account.corrected_days ?? []), edge.today()],
    contact: { ...account.contact, identifiers, corrected_days: [...(account.corrected_days ?? []), edge.today()] },
  }
  note(opened.author, "corrected", "yes")
  keep(opened.author, fresh)
  return fresh
}
