import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { fromBase64, fromHex, toHex } from "./bytes.js"
import { doors, type Door } from "./doors.js"
import { hasFailed, type ContactContent, type Edge, type Failed } from "./author.js"
import { askSigned, decrypt, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import { isObject, isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { sheetOf, siblingsOf, type Sibling } from "./siblings.js"
import { markOf, readMeet, vouchOf } from "./meet.js"
import { publicKey } from "./signing.js"
import { freezeOf } from "./stop-code.js"

export type { CounselorKeys, DeskEdge }

/** What is owed, and until when. WEP-1, section 12. */
export interface Clock {
  readonly kind: "checks" | "first-contact" | "reminder" | "promise"
  /** The last day on which it is not late. */
  readonly dueDay: number
  readonly state: "later" | "soon" | "overdue"
}

/** One case, as the desk lists it. WEP-1, section 12. */
export interface Case {
  readonly caseId: string
  readonly matchId: string
  readonly filingId: string
  readonly openedDay: number
  readonly state: "contact" | "verified" | "consented" | "released" | "withdrawn"
  readonly verified: boolean
  /** Its author wrote by themselves: there is no match, and nothing to check. */
  readonly direct: boolean
  /** Whether its author is told nothing yet, that a check goes on, or of the match. */
  readonly checks: "open" | "unclear" | "agreed"
  /** The author has stopped contact. */
  readonly frozen: boolean
  /** When contact stops, as somebody without the words asked: Unix time, in seconds. */
  readonly stopAt_s: number | null
  /** Somebody else of the match withdrew. */
  readonly changed: boolean
  /** After a withdrawal: by when the counselor's notes are to be erased. */
  readonly eraseDay: number | null
  /** When this counselor said that it has ended, and when it is deleted. */
  readonly closedDay: number | null
  readonly deleteDay: number | null
  /** What is owed in it, the next first. */
  readonly clocks: readonly Clock[]
  /** On which day this counselor stopped reading here; `null` when they have read on since, or stopped elsewhere. */
  readonly restedDay: number | null
}

/** What this counselor has opened of an account, and when they last did. */
export interface OwnReading {
  readonly door: Door
  readonly day: number
}

export interface OpenedCase extends Case {
  /** `null` when it cannot be read. */
  readonly contact: ContactContent | null
  /** It was released, but holds no account that opens. */
  readonly unreadable: boolean
  /** How many things were added later; 0 until the account is released. */
  readonly added: number
  readonly readings: readonly OwnReading[]
  /** The other cases of its match. */
  readonly siblings: readonly Sibling[]
  /** Its author would like to meet the others: their signed wish, and whether this counselor stands by it. */
  readonly meet: { readonly message: Uint8Array, readonly vouched: boolean } | null
  /** Whom its author chose who could have it after this counselor, by signing key in hex. */
  readonly heirs: readonly string[]
  /** Who would have it, or the note that came with it: `core/handing` reads it. */
  readonly handover: { readonly message: unknown, readonly note: unknown } | null
  /** What this counselor wrote about the named person for the others. */
  readonly sheet: string | null
}

export async function newCounselorKeys(edge: Edge): Promise<CounselorKeys> {
  return { age: await generateX25519Identity(), signing: toHex(edge.random(32)) }
}

/** What somebody says of themselves when they ask to be let in. */
export interface Joining {
  readonly name: string
  readonly organisation: string
  /** As BCP 47 has them. */
  readonly languages: readonly string[]
}

/** Accepts an invitation: from then on they ask to be let in. `null`, or what came instead. */
export async function join(edge: Edge, keys: CounselorKeys, invitation: string, joining: Joining): Promise<Failed | null> {
  const answer = await edge.ask("POST", "/v1/desk/counselors", { invitation, ...joining, ...await publicKeysOf(keys) })
  return hasFailed(answer) ? answer : null
}

/** What others may know of them: the age recipient and, in hex, the signing key. */
export async function publicKeysOf(keys: CounselorKeys): Promise<{ readonly recipient: string, readonly signing: string }> {
  return { recipient: await identityToRecipient(keys.age), signing: toHex(publicKey(seedOf(keys))) }
}

/** The cases of a counselor, and whether anything new reaches them now. */
export interface Queue {
  readonly cases: readonly Case[]
  /** These are their quiet hours. */
  readonly isQuiet: boolean
  /** Nothing new comes before this day; `null`: it does. */
  readonly notBefore: number | null
}

export async function listCases(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<Queue | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/cases")
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const cases = listOf(json?.["cases"], caseOf)
  return cases === null ? { failed: "malformed-message" } : { cases, isQuiet: json?.["quiet"] === true, notBefore: dayOf(json?.["not_before"]) }
}

export async function openCase(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string): Promise<OpenedCase | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", `/v1/desk/cases/${caseId}`)
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const one = json === null ? null : caseOf(json)
  if (json === null || one === null) return { failed: "malformed-message" }
  const [siblings, readings, added] = [await siblingsOf(keyset, keys, json["siblings"]), listOf(json["readings"] ?? [], readingOf), json["added"]]
  if (siblings === null || readings === null || !isWhole(added, 0, 255)) return { failed: "malformed-message" }
  return {
    ...one,
    contact: contactOf(parseJson(await decrypt(keys, json["contact"]))),
    unreadable: json["unreadable"] === true,
    added,
    readings,
    siblings,
    meet: wishOf(json["meet"]),
    heirs: Array.isArray(json["heirs"]) ? json["heirs"].filter((key) => typeof key === "string") : [],
    handover: isObject(json["handover"]) ? { message: json["handover"]["message"], note: json["handover"]["note"] } : null,
    sheet: await sheetOf(keys, json["sheet"]),
  }
}

function wishOf(value: unknown): OpenedCase["meet"] {
  const message = isObject(value) ? fromBase64(value["message"]) : null
  return isObject(value) && message !== null ? { message, vouched: value["vouched"] === true } : null
}

function readingOf({ room, day }: Json): OwnReading | null {
  return isWhole(room, 0, doors.length - 1) && isWhole(day, 0, 2 ** 32 - 1) ? { door: doors[room] as Door, day } : null
}

/** Promises to be in touch by a day; `null`, or what came instead. */
export function promise(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, dueDay: number): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "promise", { due_day: dueDay })
}

/** Says that what was owed is done. */
export function done(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, kind: Clock["kind"]): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "done", { kind })
}

/** Says that a case has ended, or that it goes on. */
export function close(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, hasEnded: boolean): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, hasEnded ? "closing" : "reopening", {})
}

/** Gives a case back, without a reason. From then on it does not exist for this counselor. */
export function recuse(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "recusal", {})
}

/** Says that somebody without the words asked to stop contact, or takes that back. WEP-1, section 10.2. */
export async function askStop(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { caseId, filingId }: Case, stops: boolean): Promise<Failed | null> {
  const [seed, id] = [seedOf(keys), fromHex(filingId, 16)]
  return id === null
    ? { failed: "malformed-message" }
    : send(edge, keyset, keys, caseId, "stop", freezeOf(keyset.deployment, publicKey(seed), id, stops, edge.today(), edge.random(16), seed))
}

/** Stands by the wish of the author of a case to meet the others; `signature-invalid` when it is not theirs. WEP-1, section 18. */
export async function vouch(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { caseId, filingId, contact, meet }: OpenedCase): Promise<Failed | null> {
  const [pseudonym, id] = [fromHex(contact?.pseudonym, 32), fromHex(filingId, 16)]
  const wish = pseudonym && id && meet && readMeet(keyset.deployment, pseudonym, id, meet.message)
  return pseudonym === null || id === null || wish === null
    ? { failed: "signature-invalid" }
    : send(edge, keyset, keys, caseId, "meet", vouchOf(keyset.deployment, edge.today(), markOf(pseudonym, id), wish.recipient, seedOf(keys)))
}

function act(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, name: string, body: object): Promise<Failed | null> {
  return send(edge, keyset, keys, caseId, name, new TextEncoder().encode(JSON.stringify(body)))
}

async function send(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, name: string, body: Uint8Array): Promise<Failed | null> {
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/${name}`, body)
  return hasFailed(answer) ? answer : null
}

/** One part of a file of a case's account. WEP-1, section 15. */
export function casePart(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, fileId: string, part: number): Promise<Uint8Array | Failed> {
  return askSigned(edge, keyset, keys, "GET", `/v1/desk/cases/${caseId}/files/${fileId}/${part}`)
}

function contactOf(content: Json | null): ContactContent | null {
  return content?.["wetoo"] === "contact/1" ? (content as unknown as ContactContent) : null
}

const states: readonly unknown[] = ["contact", "verified", "consented", "released", "withdrawn"] satisfies Case["state"][]

function caseOf({ case_id, match_id, filing_id, opened_day, state, verified, checks, direct, frozen, stop_s, changed, erase_day, closed_day, delete_day, clocks, rested_day }: Json): Case | null {
  const running = listOf(clocks ?? [], clockOf)
  return [case_id, match_id, filing_id].every((id) => fromHex(id, 16) !== null)
    && isWhole(opened_day, 0, 2 ** 32 - 1) && states.includes(state) && checkStates.includes(checks) && typeof verified === "boolean" && running !== null
    ? { caseId: case_id as string, matchId: match_id as string, filingId: filing_id as string, openedDay: opened_day, state: state as Case["state"], verified,
        checks: checks as Case["checks"],
        direct: direct === true, frozen: frozen === true, stopAt_s: isWhole(stop_s, 0, 2 ** 40) ? stop_s : null, changed: changed === true, eraseDay: dayOf(erase_day), closedDay: dayOf(closed_day), deleteDay: dayOf(delete_day), clocks: running,
        restedDay: dayOf(rested_day) }
    : null
}

function dayOf(value: unknown): number | null {
  return isWhole(value, 0, 2 ** 32 - 1) ? value : null
}

const checkStates: readonly unknown[] = ["open", "unclear", "agreed"] satisfies Case["checks"][]

const kinds: readonly unknown[] = ["checks", "first-contact", "reminder", "promise"] satisfies Clock["kind"][]
const clockStates: readonly unknown[] = ["later", "soon", "overdue"] satisfies Clock["state"][]

function clockOf({ kind, due_day, state }: Json): Clock | null {
  return kinds.includes(kind) && isWhole(due_day, 0, 2 ** 32 - 1) && clockStates.includes(state)
    ? { kind: kind as Clock["kind"], dueDay: due_day, state: state as Clock["state"] }
    : null
}
