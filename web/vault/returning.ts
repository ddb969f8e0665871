import { addTo, comeBack, hasFailed, sendAddenda, storeBox, visitWith, withdraw as sendWithdrawal, type BoxAccount, type Failed, type OwnFiling, type Visit as AuthorVisit } from "../core/author.js"
import type { Receipt } from "../core/receipt.js"
import type { Unfinished } from "./filing.js"
import { placeOf } from "./place.js"
import { edge } from "./transport.js"

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

  const filed = filings.find((filing) => filing.filingId === account?.filing_id)
  if (account !== null && filed !== undefined && filed.state !== "withdrawn") await sendAddenda(edge, author, account, filed.addenda)

  const goesOn = account?.state === "unfinished" && filed?.state !== "withdrawn"
  return {
    author, account, filings,
    unfinished: goesOn ? { author, account, slips: null, kept: true, upload: null, ...(filed ? { filedDay: filed.filedDay } : {}) } : null,
  }
}

/** Adds to the account, which stays as it is. */
export async function add(opened: Opened, kind: "addition" | "correction", text: string): Promise<Opened | Failed> {
  if (opened.account === null) return nothing
  const grown = await addTo(edge, opened.author, opened.account.filing_id, kind, text)
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
