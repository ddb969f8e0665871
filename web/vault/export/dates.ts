import { hasFailed, storeBox, type BoxAccount, type Failed, type Visit as AuthorVisit } from "../../core/author.js"
import { isSame } from "../../core/adding.js"
import { ascii } from "../../core/bytes.js"
import { haveChanged, noticeOf, parseTold, policyOfAll, standingOf, type Held, type Notice, type Standing } from "../../core/dates.js"
import { statusOf } from "../../core/filing.js"
import { saltFor, type EntryKind } from "../../core/log-entry.js"
import { datedForm } from "../../core/record.js"
import { parseToken } from "../../core/timestamp.js"
import { knows, meet } from "../dating.js"
import { edge } from "../transport.js"

/** How it stands with the dates of an account. */
export interface Dates {
  readonly account: Standing
  readonly addenda: readonly Standing[]
  readonly match: { readonly notice: Notice, readonly standing: Standing } | null
  /** The log's rules as the vault names them now, where they are not those that the author knows. */
  readonly changed: string | null
}

/** Asks for the dates of an account, and holds them to the rules that the author knows. The first that they see, they know from then on. */
export async function datesOf(author: AuthorVisit, own: BoxAccount): Promise<Dates | Failed> {
  const { keyset: { deployment }, keys } = author
  const answer = await edge.ask("POST", "/v1/proofs", statusOf(deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed))
  if (hasFailed(answer)) return answer
  const told = parseTold(answer)
  if (told === null) return { failed: "malformed-message" }

  const failed = meet(author, told) ? await storeBox(edge, author) : null
  if (failed !== null) return failed
  const policies = knows(author)
  const sealed = (kind: EntryKind, thing: Uint8Array) => standingOf(told, kind, saltFor(keys.boxKey, kind, thing), thing, policies, parseToken)
  const notice = noticeOf(told, deployment, author.box.accounts.filter((one) => isSame(one, own)).map((one) => one.filing_id.toLowerCase()))
  return {
    account: sealed(1, ascii(datedForm(own.account))),
    addenda: (own.addenda ?? []).map((one) => sealed(2, ascii(datedForm(one)))),
    match: notice === null ? null : { notice, standing: standingOf(told, 9, notice.salt, notice.thing, policies, parseToken) },
    changed: haveChanged(told, policies) ? told.policy : null,
  }
}

/** What can go into a package now: the account, and the additions up to the first that has no date. Null while the account has none. */
export interface Ready {
  readonly account: Held
  readonly addenda: readonly Held[]
  readonly match: (Held & { readonly notice: Notice }) | null
  readonly policy: string
}

export function readyOf({ account, addenda, match }: Dates, policies: readonly string[]): Ready | null {
  if (account.kind !== "dated") return null
  const none = addenda.findIndex((one) => one.kind !== "dated")
  const dated = addenda.slice(0, none < 0 ? addenda.length : none) as readonly Held[]
  const told = match?.standing.kind === "dated" ? { ...match.standing, notice: match.notice } : null
  const policy = policyOfAll([account, ...dated, ...(told === null ? [] : [told])], policies)
  return policy === null ? null : { account, addenda: dated, match: told, policy }
}
