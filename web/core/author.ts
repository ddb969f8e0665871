import { mostAddenda, type AddendumContent } from "./addenda.js"
import { ascii, equal, fromBase64, fromHex, toBase64, toHex, type Random } from "./bytes.js"
import { openOwn, sealOwn } from "./box.js"
import { requestCredential, type Pending } from "./credential.js"
import { BlindedSlips, boxPutOf, consentOf, statusOf, submissionOf, withdrawalOf, type Author } from "./filing.js"
import { parseKeyset, type Keyset } from "./keyset.js"
import { isObject, isWhole, listOf, parseJson, type Json } from "./json.js"
import { entryOf, saltFor } from "./log-entry.js"
import { packageFor, sizeClasses } from "./packages.js"
import { datedForm, type AccountContent } from "./record.js"
import { keysOf, type AuthorKeys, type Receipt } from "./receipt.js"

/** A request that came to nothing: the refusal's name on the wire, or `unreachable`. */
export interface Failed {
  readonly failed: string
}

/** What core takes from the page: the network, random bytes and the day. */
export interface Edge {
  ask(method: "GET" | "POST" | "PUT", path: string, body?: Uint8Array | object, headers?: Readonly<Record<string, string>>): Promise<Uint8Array | Failed>
  readonly random: Random
  today(): number
}

/** What a counselor gets at an opening. WEP-1, section 6. */
export interface ContactContent {
  readonly wetoo: "contact/1"
  readonly call_me: string
  readonly no_contact: boolean
  readonly how: string
  readonly times: string
  readonly say: string
  readonly who: string
  readonly notes: string
  readonly possible_own_duplicate: boolean
  readonly identifiers: readonly string[]
  /** What their counselor seals a first message to, `age1…`, and whose signature is theirs, in hex. */
  readonly mail?: string
  readonly pseudonym?: string
  /** Whether they may still be reached after a match when they lost their words. */
  readonly reach_if_lost?: boolean
  /** The days on which they changed whom they named. */
  readonly corrected_days?: readonly number[]
}

/** One account in the author's own copy. WEP-1, section 11. */
export interface BoxAccount {
  readonly filing_id: string
  readonly state: "unfinished" | "filed" | "kept"
  readonly least_number: number | null
  readonly filed_day: number | null
  readonly counselors: readonly string[]
  readonly contact: ContactContent
  readonly account: AccountContent
  /** The filing whose place this one takes, until that is withdrawn. */
  readonly replaces?: string | null
  /** The days on which its author changed whom they named. */
  readonly corrected_days?: readonly number[]
  /** What was added since it was sealed, oldest first. */
  readonly addenda?: readonly AddendumContent[]
}

/** One act of an author: what they said yes or no to, and when. */
export interface LedgerEntry {
  readonly act: string
  readonly answer: "yes" | "no"
  readonly day: number
}

export interface BoxContent {
  readonly wetoo: "box/1"
  readonly credential: string | null
  readonly accounts: readonly BoxAccount[]
  /** The public halves of the stop code, in hex: enough to leave withdrawals for it. */
  readonly stop?: { readonly key: string, readonly box_key: string }
  /** Everything they said yes or no to, oldest first; the last entry of an act holds. */
  readonly ledger?: readonly LedgerEntry[]
  /** The roster that they saw last: what changed since, they are told. */
  readonly team?: string
  /** The rules of the log of dates that they knew, oldest first: the last one holds. */
  readonly policies?: readonly string[]
  /** The keyset that they saw last, likewise. */
  readonly keyset?: string
  /** How often they asked others for notes. */
  readonly note_round?: number
}

export interface OwnFiling {
  readonly filingId: string
  /** Joined: its author uses another one now. Ended: its period is over, and it is deleted; nobody took it out. */
  readonly state: "sealed" | "checking" | "opened" | "consented" | "released" | "joined" | "withdrawn" | "ended"
  readonly filedDay: number
  /** Contact is stopped. */
  readonly frozen: boolean
  /** When contact stops, as somebody without the words asked a counselor: Unix time, in seconds. */
  readonly stopAt_s: number | null
  /** Somebody of its match withdrew, and fewer live than its author asked for. */
  readonly changed: boolean
  readonly consented: boolean
  /** Whether its counselor had the contact part, and the account. */
  readonly read: boolean
  readonly released: boolean
  /** The signing key of the counselor who has the case, in hex, until it is erased on `eraseDay`. */
  readonly counselor: string | null
  readonly eraseDay: number | null
  /** How many additions are there. */
  readonly addenda: number
  /** How many notes of others wait. */
  readonly notes: number
  /** When an earlier one was filed in whose place it stands. */
  readonly joinedDay: number | null
  /** When its counselor said that it has ended; and when it is deleted, and before that what was said. */
  readonly closedDay: number | null
  readonly deleteDay: number | null
  readonly mailDeleteDay: number | null
  /** The signed Handover, in base64, by which somebody else would have it; unread. */
  readonly handover: unknown
  /** Nobody of those whom they chose takes more for now. */
  readonly waits: boolean
  /** What two people signed to keep it, in base64; unread. */
  readonly hold: { readonly first: unknown, readonly second: unknown } | null
  /** Whether they would like to meet the others, and who would too: `othersOf` reads it. `null` when there is nobody. */
  readonly meet: Json | null
  /** What was opened of the account, by whom, in the order of days. */
  readonly readings: readonly Reading[]
}

/** One opening, as the vault wrote it down before it gave anything. WEP-1, section 12.4. */
export interface Reading {
  /** Signing key of who opened it, in hex. */
  readonly counselor: string
  /** What they were on the roster then. */
  readonly role: string
  readonly day: number
  readonly room: number
}

/** An author with their receipt at one deployment. The page keeps it in memory and nowhere else. */
export interface Visit {
  keyset: Keyset
  readonly keys: AuthorKeys
  box: BoxContent
  boxRevision: number
  /** How many days after a withdrawal the vault forgets who had the case. */
  eraseAfterDays: number
  /** What was asked of the registrar. An invitation answers one question only, so it stays the same when the answer was lost. */
  pending?: Pending
}

export function hasFailed(answer: object): answer is Failed {
  return "failed" in answer
}

/** Fetches and checks the keyset; `keyset-invalid` when it does not verify. */
export async function loadKeyset(edge: Edge): Promise<Keyset | Failed> {
  const answer = await edge.ask("GET", "/v1/keyset")
  if (hasFailed(answer)) return answer
  return parseKeyset(new TextDecoder().decode(answer)) ?? { failed: "keyset-invalid" }
}

export function visitWith(keyset: Keyset, receipt: Receipt): Visit {
  return { keyset, keys: keysOf(receipt, keyset.deployment), box: { wetoo: "box/1", credential: null, accounts: [], team: keyset.roster }, boxRevision: 0, eraseAfterDays: 0 }
}

/** Asks how the filings stand and opens the author's own copy. An unknown receipt gets an empty list. */
export async function comeBack(edge: Edge, visit: Visit): Promise<readonly OwnFiling[] | Failed> {
  const { keyset, keys } = visit
  const answer = await edge.ask("POST", "/v1/status", statusOf(keyset.deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed))
  if (hasFailed(answer)) return answer

  const status = parseJson(answer)
  const [filings, revision, sealed] = [listOf(status?.["filings"], ownFilingOf), status?.["box_revision"], status?.["box"]]
  if (filings === null || !isWhole(revision, 0, 2 ** 32 - 1)) return { failed: "malformed-message" }
  if (sealed !== null) {
    // One that does not open is no empty one: going on would write over it.
    const box = fromBase64(sealed)
    const content = box === null ? null : openOwn(keys.boxKey, keys.pseudonym, box)
    if (!isBox(content)) return { failed: "malformed-message" }
    visit.box = content
  }
  visit.boxRevision = revision
  visit.eraseAfterDays = isWhole(status?.["erase_after_days"], 0, 365) ? status["erase_after_days"] as number : 0
  return filings
}

/**
 * Gets a credential for the visit's pseudonym and puts it into the author's own copy.
 *
 * @param proof - An invitation code, or a proof of work for the registrar's challenge.
 * @returns `null`, or what came instead.
 */
export async function obtainCredential(
  edge: Edge, visit: Visit, proof: { readonly invitation: string } | { readonly work: { readonly challenge: string, readonly nonce: string } },
): Promise<Failed | null> {
  if (visit.box.credential !== null) return null
  const pending = visit.pending ?? requestCredential(visit.keyset, visit.keys.pseudonym, edge.random)
  if (pending === null) return { failed: "credential-foreign" }
  visit.pending = pending

  const answer = await edge.ask("POST", "/v1/credentials", { blinded: toBase64(pending.blinded), ...proof })
  if (hasFailed(answer)) return answer
  const signature = fromBase64(parseJson(answer)?.["blind_signature"])
  const credential = signature === null ? null : pending.finish(signature)
  if (credential === null) return { failed: "credential-invalid" }

  visit.box = { ...visit.box, credential: toBase64(credential) }
  return null
}

/** Stores the author's own copy; `null`, or what came instead. */
export async function storeBox(edge: Edge, visit: Visit): Promise<Failed | null> {
  const author = authorOf(visit)
  if (author === null) return { failed: "credential-invalid" }
  if (visit.box.keyset === undefined) visit.box = { ...visit.box, keyset: new TextDecoder().decode(visit.keyset.text) }
  const box = sealOwn(visit.keys.boxKey, visit.keys.pseudonym, visit.box, edge.random)
  if (box === null) return { failed: "message-too-large" }

  // It grows with each try: one whose answer was lost may have been stored.
  visit.boxRevision += 1
  const answer = await edge.ask("PUT", "/v1/box", boxPutOf(visit.keyset.deployment, author, visit.boxRevision, lastSealed(visit), box, edge.today()))
  return hasFailed(answer) ? answer : null
}

/** The entry of what was sealed last: it goes with each copy, so that none can be forgotten. spec/log.md. */
function lastSealed({ box, keys }: Visit): Uint8Array {
  const last = box.accounts.at(-1)
  const addition = last?.addenda?.at(-1)
  const [kind, thing] = [addition ? 2 : 1, ascii(datedForm(addition ?? last?.account ?? null))] as const
  return entryOf(kind, saltFor(keys.boxKey, kind, thing), thing)
}

/** Puts an account in the place of the one with its id, or after all others. */
export function keep(visit: Visit, account: BoxAccount): void {
  const { accounts } = visit.box
  const isKnown = accounts.some((one) => one.filing_id === account.filing_id)
  visit.box = { ...visit.box, accounts: isKnown ? accounts.map((one) => (one.filing_id === account.filing_id ? account : one)) : [...accounts, account] }
}

/** How an attempt to evaluate ended. */
export interface Evaluation {
  /** Keepers that did not answer. */
  readonly away: readonly number[]
  /** Keepers whose answer was wrong. */
  readonly faulty: readonly number[]
  /** Why a keeper refused, when one did. */
  readonly refused: string | null
}

/**
 * Asks a quorum of keepers at once, and another in the place of each that is away or wrong. What was answered before is not asked
 * again: keep `slips` for the next attempt.
 */
export async function evaluate(edge: Edge, keyset: Keyset, slips: BlindedSlips): Promise<Evaluation> {
  const left = keyset.keepers.filter((keeper) => !slips.answered.includes(keeper.index))
  const [away, faulty]: [number[], number[]] = [[], []]
  let refused: string | null = null
  while (slips.answered.length < keyset.quorum && left.length > 0) {
    const asked = left.splice(0, keyset.quorum - slips.answered.length)
    const answers = await Promise.all(asked.map((keeper) => edge.ask("POST", `/v1/keepers/${keeper.index}/evaluations`, slips.request)))
    asked.forEach((keeper, i) => {
      const answer = answers[i] ?? { failed: "unreachable" }
      if (!hasFailed(answer)) {
        if (!slips.accept(keeper, answer)) faulty.push(keeper.index)
      } else if (answer.failed === "keeper-unreachable" || answer.failed === "unreachable") away.push(keeper.index)
      else refused = answer.failed
    })
  }
  return { away, faulty, refused }
}

/** Blinds the identifiers of an account. @param inputs - Their x, from the slow hash. */
export function blindFor(edge: Edge, visit: Visit, inputs: readonly Uint8Array[]): BlindedSlips | null {
  const author = authorOf(visit)
  return author === null ? null : new BlindedSlips(visit.keyset, author, inputs, edge.today(), edge.random)
}

/** Seals an evaluated account and sends it; the day it was filed, or what came instead. */
export async function file(edge: Edge, visit: Visit, account: BoxAccount, slips: BlindedSlips): Promise<number | Failed> {
  const [author, evaluated, filingId] = [authorOf(visit), slips.combine(visit.keyset), fromHex(account.filing_id, 16)]
  const counselors = visit.keyset.counselors.filter((one) => account.counselors.includes(toHex(one.signing)))
  if (author === null || evaluated === null || filingId === null || account.least_number === null) return { failed: "malformed-message" }

  const contact = packageFor(counselors, account.contact, sizeClasses.contact, edge.random)
  const sealed = packageFor(counselors, account.account, sizeClasses.account, edge.random)
  if (contact === null || sealed === null) return { failed: "size-class-unknown" }

  const draft = { filingId, leastNumber: account.least_number, contact, account: sealed }
  const submission = submissionOf(visit.keyset, author, draft, evaluated, edge.today(), edge.random)
  if (submission === null) return { failed: "keyset-invalid" }
  const answer = await edge.ask("POST", "/v1/filings", submission)
  return hasFailed(answer) ? answer : edge.today()
}

/** Takes a filing back; `null`, or what came instead. */
export async function withdraw(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const message = withdrawalOf(visit.keyset.deployment, visit.keys.pseudonym, id, edge.today(), visit.keys.seed)
  const answer = await edge.ask("POST", "/v1/withdrawals", message)
  return hasFailed(answer) ? answer : null
}

/** Lets the counselor read the account; `null`, or what came instead. */
export async function consent(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const message = consentOf(visit.keyset.deployment, visit.keys.pseudonym, id, edge.today(), visit.keys.seed)
  const answer = await edge.ask("POST", "/v1/consents", message)
  return hasFailed(answer) ? answer : null
}

export function authorOf(visit: Visit): Author | null {
  const credential = fromBase64(visit.box.credential)
  return credential !== null && equal(credential.slice(0, 32), visit.keys.pseudonym) ? { credential, seed: visit.keys.seed } : null
}

function isBox(value: unknown): value is BoxContent {
  return isObject(value) && value["wetoo"] === "box/1" && Array.isArray(value["accounts"])
}

const states: readonly unknown[] = ["sealed", "checking", "opened", "consented", "released", "joined", "withdrawn", "ended"] satisfies OwnFiling["state"][]

function ownFilingOf({ filing_id, state, filed_day, frozen, stop_s, changed, consented, read, released, counselor, erase_day, addenda, from_others, joined_day, closed_day, delete_day, mail_delete_day, hold, readings, meet, waits, handover }: Json): OwnFiling | null {
  const seen = listOf(readings ?? [], ({ counselor: by, role, day, room }) => (
    fromHex(by, 32) !== null && typeof role === "string" && isWhole(day, 0, 2 ** 32 - 1) && isWhole(room, 0, 255) ? { counselor: by as string, role, day, room } : null))
  return seen !== null && fromHex(filing_id, 16) !== null && isWhole(filed_day, 0, 2 ** 32 - 1) && states.includes(state) && isWhole(addenda, 0, mostAddenda)
    ? {
        filingId: filing_id as string, state: state as OwnFiling["state"], filedDay: filed_day, frozen: frozen === true, stopAt_s: isWhole(stop_s, 0, 2 ** 40) ? stop_s : null, changed: changed === true,
        consented: consented === true, read: read === true, released: released === true,
        counselor: fromHex(counselor, 32) === null ? null : counselor as string, eraseDay: dayOf(erase_day), addenda, notes: dayOf(from_others) ?? 0,
        joinedDay: dayOf(joined_day), closedDay: dayOf(closed_day), deleteDay: dayOf(delete_day), mailDeleteDay: dayOf(mail_delete_day), waits: waits === true, handover: handover ?? null,
        hold: isObject(hold) ? { first: hold["first"], second: hold["second"] } : null,
        readings: seen, meet: isObject(meet) ? meet : null,
      }
    : null
}

function dayOf(value: unknown): number | null {
  return isWhole(value, 0, 2 ** 32 - 1) ? value : null
}
