import type { AddendumContent } from "../core/addenda.js"
import { addTo, isSame, sendAddenda } from "../core/adding.js"
import { comeBack, hasFailed, keep, storeBox, visitWith, withdraw as sendWithdrawal, type BoxAccount, type Failed, type OwnFiling, type Visit as AuthorVisit } from "../core/author.js"
import { toHex } from "../core/bytes.js"
import type { Receipt } from "../core/receipt.js"
import type { Unfinished } from "./filing.js"
import { placeOf } from "./place.js"
import { note, prepareStop } from "./stopping.js"
import { edge } from "./transport.js"
import { TooLittleMemory, WorkerAway } from "./worker.js"

export type { OwnFiling }

/** What ten words open: the author's own copy, and how each filing stands. */
export interface Opened {
  readonly author: AuthorVisit
  /** The newest account. */
  readonly account: BoxAccount | null
  readonly filings: readonly OwnFiling[]
  readonly unfinished: Unfinished | null
}

const nothing: Failed = { failed: "nothing" }

/** Opens what the words open. That nobody ever used them is the same as that they are none: nothing. */
export async function openBox(receipt: Receipt): Promise<Opened | Failed> {
  const place = await placeOf()
  if (place === null) return { failed: "unreachable" }
  return "changed" in place ? { failed: "keyset-invalid" } : refresh(visitWith(place, receipt))
}

/** Asks again how things stand. */
export async function refresh(author: AuthorVisit): Promise<Opened | Failed> {
  const filings = await comeBack(edge, author)
  if (hasFailed(filings)) return filings

  const account = author.box.accounts.at(-1) ?? null
  if (account === null && filings.length === 0) return nothing

  const stateOf = (one: BoxAccount) => filings.find((filing) => filing.filingId === one.filing_id)
  for (const one of author.box.accounts.filter((other) => account !== null && isSame(other, account))) {
    const filed = stateOf(one)
    if (filed !== undefined && lives(filed)) await sendAddenda(edge, author, one, filed.addenda)
  }

  const left = author.box.accounts.findLast((one) => one.state === "unfinished" && lives(stateOf(one)))
  return { author, account, filings, unfinished: left === undefined ? null : unfinishedOf(author, left, stateOf(left)?.filedDay) }
}

function lives(filing: OwnFiling | undefined): boolean {
  return filing?.state !== "withdrawn" && filing?.state !== "ended"
}

function unfinishedOf(author: AuthorVisit, account: BoxAccount, filedDay?: number): Unfinished {
  return { author, account, slips: null, kept: true, upload: null, ...(filedDay === undefined ? {} : { filedDay }) }
}

/** The filing with a counselor that lives, if there is one. */
export function directOf({ author, filings }: Opened): OwnFiling | undefined {
  return filings.find((filing) => lives(filing) && author.box.accounts.some((one) => one.least_number === 1 && one.filing_id === filing.filingId))
}

/**
 * Sends the same account to counselors too: its date stays, and a filing that waits for a match goes on waiting. What was only kept is
 * then with them.
 *
 * @param stopCode - A new one, where there is none yet.
 * @returns What is still to be sent; it is kept under the ten words first.
 */
export async function sendNow({ author, account, filings }: Opened, counselors: readonly string[], mayRead: "yes" | "no", stopCode: string | null): Promise<Unfinished | Failed> {
  if (account === null) return nothing
  const before = author.box
  const isKept = account.state === "kept" && !filings.some((filing) => filing.filingId === account.filing_id)
  const { replaces: _, ...same } = account
  const fresh: BoxAccount = { ...same, filing_id: isKept ? account.filing_id : toHex(edge.random(16)), state: "unfinished", least_number: 1, filed_day: null, counselors }
  if (isKept) keep(author, fresh)
  else author.box = { ...before, accounts: [fresh, ...before.accounts] } // The one that waits stays the newest.
  note(author, "direct", mayRead)
  const failed = (stopCode === null ? null : await stopsBy(author, stopCode)) ?? await storeBox(edge, author)
  if (failed === null) return unfinishedOf(author, fresh)
  author.box = before
  return failed
}

/** Adds to the account, which stays as it is. */
export async function add(opened: Opened, kind: "addition" | "correction", text: string, note?: AddendumContent["note"]): Promise<Opened | Failed> {
  if (opened.account === null) return nothing
  const grown = await addTo(edge, opened.author, opened.account.filing_id, kind, text, note)
  if (hasFailed(grown)) return grown
  const now = await refresh(opened.author)
  // It is kept. What did not arrive elsewhere is sent by the next visit.
  return hasFailed(now) ? { ...opened, account: grown } : now
}

/** Takes a filing back. That it was is noted in the author's own copy too, when that can be reached. */
export async function withdraw({ author }: Opened, filing: OwnFiling): Promise<Opened | Failed> {
  const failed = await sendWithdrawal(edge, author, filing.filingId)
  if (failed !== null) return failed

  author.box = { ...author.box, ledger: [...(author.box.ledger ?? []), { act: "C3", answer: "no", day: edge.today() }] }
  await storeBox(edge, author)
  return refresh(author)
}

/** A code needs a sum that a device may have no room for: then nothing has changed. */
async function stopsBy(author: AuthorVisit, stopCode: string): Promise<Failed | null> {
  try {
    await prepareStop(author, stopCode)
    return null
  } catch (why) {
    if (why instanceof TooLittleMemory || why instanceof WorkerAway) return { failed: "unreachable" }
    throw why
  }
}
