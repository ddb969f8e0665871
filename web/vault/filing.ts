import { leaveStop } from "../core/stopping.js"
import { blindFor, consent, evaluate, file, hasFailed, keep, storeBox, withdraw, type BoxAccount, type Visit as AuthorVisit } from "../core/author.js"
import { fromHex, toHex } from "../core/bytes.js"
import type { BlindedSlips } from "../core/filing.js"
import { parseJson } from "../core/json.js"
import { identifierKey } from "../core/identifier-key.js"
import { addendaKeyOf } from "../core/addenda.js"
import { publicKey } from "../core/signing.js"
import { firstIdentity, recipientOf } from "../core/mail-key.js"
import { accountOf } from "./author/record-draft.js"
import type { Draft } from "./author/visit.js"
import { contactOf } from "./content.js"
import type { Entry } from "./entering.js"
import type { FileUpload } from "./files.js"
import { note, prepareStop } from "./stopping.js"
import { edge } from "./transport.js"
import { stretch, TooLittleMemory, WorkerAway } from "./worker.js"

export type Stage = "files" | "words" | "codes" | "keepers" | "lock" | "send"

/** An account on its way to be locked. What was done once is not done again: it may be tried until it succeeds. */
export interface Unfinished {
  readonly author: AuthorVisit
  readonly account: BoxAccount
  slips: BlindedSlips | null
  kept: boolean
  /** The stop code, for the first filing. */
  readonly stopCode?: string | null
  /** The day on which the vault has it already, though not all that belongs to it. */
  readonly filedDay?: number
  /** Files that have to be stored first; null once they are, or when there are none. */
  upload: FileUpload | null
}

/**
 * How a try ended: locked; or not yet, with the keepers that did not answer or answered wrongly, and whether the account is kept
 * meanwhile; or not at all, since waiting would not help.
 */
export type Attempt =
  | { readonly lockedDay: number }
  | { readonly away: readonly number[]; readonly faulty: readonly number[]; readonly kept: boolean; readonly tooLittleMemory?: true }
  | { readonly refused: string }

export function beginSealing({ author }: Entry, draft: Draft, upload: FileUpload | null): Unfinished {
  const filingId = fromHex(draft.filingId, 16) ?? edge.random(16)
  const account: BoxAccount = {
    filing_id: draft.filingId = toHex(filingId),
    state: draft.least === null ? "kept" : "unfinished",
    least_number: draft.least,
    filed_day: null,
    counselors: author.keyset.counselors.map((one) => toHex(one.signing)).filter((key) => !draft.leftOut.includes(key)),
    contact: { ...contactOf(draft), mail: recipientOf(firstIdentity(author.keys.boxKey)), pseudonym: toHex(author.keys.pseudonym) },
    account: {
      ...accountOf(draft, edge.today()),
      addenda_key: toHex(addendaKeyOf(author.keys.boxKey, filingId)), pseudonym: toHex(author.keys.pseudonym), signer: toHex(publicKey(author.keys.signerSeed)),
    },
  }
  if (author.box.ledger === undefined) {
    note(author, "C2", "yes")
    for (const [act, answer] of Object.entries(draft.answers)) note(author, act, answer)
  }
  return { author, account, slips: null, kept: false, stopCode: draft.stopCode, upload }
}

/** Which of several names or parts of files is at work, and of how many. */
export type Part = readonly [n: number, of: number]

/** Takes an account as far as it goes: keeps it for its author, evaluates, seals, files. */
export async function advance(filing: Unfinished, progress: (now: Stage, part?: Part) => void): Promise<Attempt> {
  try {
    return await takeOn(filing, progress)
  } catch (why) {
    if (why instanceof WorkerAway) return notDone(filing, "unreachable")
    if (!(why instanceof TooLittleMemory)) throw why
    return { away: [], faulty: [], kept: filing.kept, tooLittleMemory: true }
  }
}

async function takeOn(filing: Unfinished, progress: (now: Stage, part?: Part) => void): Promise<Attempt> {
  const { author, account } = filing
  if (filing.upload !== null) {
    progress("files")
    const failed = await filing.upload.run(author, account.filing_id, (done, of) => progress("files", [done + 1, of]))
    if (failed !== null) return notDone(filing, failed.failed)
    filing.upload = null
  }
  progress("words")
  if (filing.stopCode != null) await prepareStop(author, filing.stopCode)
  if (author.box.policies === undefined) await meetRules(author)
  const notKept = filing.kept ? null : await keepAs(filing, account)
  if (notKept !== null) return notDone(filing, notKept)
  if (account.least_number === null) return { lockedDay: account.account.sealed_day }
  if (account.least_number === 1) {
    progress("send")
    const sent = filing.filedDay ?? await (await import("./later-protocol.js")).sendDirect(edge, author, account)
    return typeof sent === "number" ? send(filing, sent, progress) : notDone(filing, sent.failed)
  }
  if (filing.filedDay !== undefined) return send(filing, filing.filedDay, progress)

  filing.slips ??= blindFor(edge, author, await codes(filing, progress))
  if (filing.slips === null) return { refused: "credential-invalid" }

  progress("keepers")
  const { away, faulty, refused } = await evaluate(edge, author.keyset, filing.slips)
  if (filing.slips.answered.length < author.keyset.quorum) {
    if (refused === "request-expired") filing.slips = null // Left open over midnight: the next try asks anew.
    else if (refused !== null) return { refused }
    return { away, faulty, kept: true }
  }

  progress("lock")
  const answer = await file(edge, author, account, filing.slips)
  // Nobody else draws this id: an earlier try arrived, and only its answer was lost.
  const filed = typeof answer !== "number" && answer.failed === "filing-id-reused" ? edge.today() : answer
  if (typeof filed !== "number") return notDone(filing, filed.failed)

  return send(filing, filed, progress)
}

async function send(filing: Unfinished, filed: number, progress: (now: Stage) => void): Promise<Attempt> {
  const { author, account } = filing
  progress("send")
  const failed = await afterFiling(author, account)
  if (failed !== null) return notDone(filing, failed)

  // Should this not arrive, the next visit sees from the status that it was filed.
  author.box = { ...author.box, accounts: author.box.accounts.filter((other) => other.filing_id !== account.replaces) }
  await keepAs(filing, { ...account, state: "filed", filed_day: filed })
  return { lockedDay: filed }
}

/** What belongs to a filing: its stop, a consent in advance, and the end of the one whose place it takes. @returns Null, or why not. */
async function afterFiling(author: AuthorVisit, account: BoxAccount): Promise<string | null> {
  const stopped = await leaveStop(edge, author, account.filing_id)
  if (stopped !== null) return stopped.failed

  const reading = author.box.ledger?.findLast((entry) => entry.act === (account.least_number === 1 ? "direct" : "C5"))?.answer === "yes"
  const consented = reading ? await consent(edge, author, account.filing_id) : null
  if (consented !== null) return consented.failed

  const replaced = account.replaces == null ? null : await withdraw(edge, author, account.replaces)
  return replaced?.failed ?? null
}

/** The rules of the log of dates that this place names when an account is locked go into its author's own copy: later ones are held against them. */
async function meetRules(author: AuthorVisit): Promise<void> {
  const answer = await edge.ask("GET", "/v1/proofs")
  const policy = hasFailed(answer) ? null : parseJson(answer)?.["policy"]
  if (typeof policy === "string") author.box = { ...author.box, policies: [policy] }
}

function notDone(filing: Unfinished, failed: string): Attempt {
  const passing = ["unreachable", "service-unavailable", "internal-failure"].includes(failed)
  return passing ? { away: [], faulty: [], kept: filing.kept } : { refused: failed }
}

/** Keeps the account under the ten words. @returns Null, or why it is not kept. */
async function keepAs(filing: Unfinished, account: BoxAccount): Promise<string | null> {
  keep(filing.author, account)
  const failed = await storeBox(edge, filing.author)
  filing.kept ||= failed === null
  return failed?.failed ?? null
}

/** x of each identifier: half a second of hard work each, one after the other, since each takes 64 MiB. */
async function codes({ author, account }: Unfinished, progress: (now: Stage, part: Part) => void): Promise<Uint8Array[]> {
  const inputs: Uint8Array[] = []
  const { identifiers } = account.contact
  for (const canonical of identifiers) {
    progress("codes", [inputs.length + 1, identifiers.length])
    inputs.push(await identifierKey({ canonical }, author.keyset.deployment, stretch))
  }
  return inputs
}
