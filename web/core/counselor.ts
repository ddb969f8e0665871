import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { fingerprintOf, openAddendum, type AddendumContent } from "./addenda.js"
import { fromBase64, fromHex, toHex } from "./bytes.js"
import { deskHeader } from "./desk.js"
import { hasFailed, type ContactContent, type Edge, type Failed } from "./author.js"
import { verificationOf } from "./filing.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { datedForm, parseAccount, type AccountContent } from "./record.js"
import { publicKey } from "./signing.js"

/** A counselor's keys, made in their browser. Whoever has them reads what is sealed to this counselor. */
export interface CounselorKeys {
  /** AGE-SECRET-KEY-1… */
  readonly age: string
  /** An Ed25519 seed, in hex. */
  readonly signing: string
}

/** What is owed, and until when. WEP-1, section 12. */
export interface Clock {
  readonly kind: "checks" | "first-contact" | "promise"
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
  /** The author has stopped contact. */
  readonly frozen: boolean
  /** Somebody else of the match withdrew. */
  readonly changed: boolean
  /** After a withdrawal: by when the counselor's notes are to be erased. */
  readonly eraseDay: number | null
  /** What is owed in it, the next first. */
  readonly clocks: readonly Clock[]
}

export interface OpenedCase extends Case {
  /** `null` when it cannot be read. */
  readonly contact: ContactContent | null
  /** `null` until released. */
  readonly account: AccountContent | null
  /** It was released, but holds no account that opens. */
  readonly unreadable: boolean
  /** What was added later, oldest first; `null` in the place of one that cannot be read. Empty until the account is released. */
  readonly addenda: readonly (AddendumContent | null)[]
  /** Whether each of them follows the one before, and the first the account. */
  readonly unbroken: boolean
}

/** The edge of the desk also knows the time, in seconds. */
export interface DeskEdge extends Edge {
  now_s(): number
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

export async function listCases(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<readonly Case[] | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/cases")
  if (hasFailed(answer)) return answer
  return listOf(parseJson(answer)?.["cases"], caseOf) ?? { failed: "malformed-message" }
}

export async function openCase(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string): Promise<OpenedCase | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", `/v1/desk/cases/${caseId}`)
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const one = json === null ? null : caseOf(json)
  if (json === null || one === null) return { failed: "malformed-message" }
  const accountText = await decrypt(keys, json["account"])
  const account = parseAccount(parseJson(accountText))
  return {
    ...one,
    contact: contactOf(parseJson(await decrypt(keys, json["contact"]))),
    account,
    unreadable: one.state === "released" && account === null,
    ...addendaOf(keyset, one, account, json["addenda"]),
  }
}

/** What the desk gives of each addition. */
interface DeskAddendum {
  readonly message: Uint8Array
  readonly sealed: Uint8Array
}

function addendaOf(
  { deployment }: Keyset, one: Case, account: AccountContent | null, value: unknown,
): Pick<OpenedCase, "addenda" | "unbroken"> {
  const [given, filingId] = [listOf(value ?? [], deskAddendumOf), fromHex(one.filingId, 16)]
  if (account === null || filingId === null) return { addenda: [], unbroken: true }
  if (given === null) return { addenda: [], unbroken: false }

  const read = given.map(({ message, sealed }) => openAddendum(account, deployment, filingId, message, sealed))
  const texts = [fingerprintOf(datedForm(account)), ...read.map((addendum) => addendum?.fingerprint ?? "")]
  return {
    addenda: read.map((addendum) => addendum?.content ?? null),
    unbroken: read.every((addendum, i) => addendum?.number === i + 1 && addendum.content.follows === texts[i]),
  }
}

function deskAddendumOf({ message, sealed_text }: Json): DeskAddendum | null {
  const [signed, sealed] = [fromBase64(message), fromBase64(sealed_text)]
  return signed === null || sealed === null ? null : { message: signed, sealed }
}

/** Says that the same person is meant; `null`, or what came instead. */
export async function verifyCase(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case): Promise<Failed | null> {
  const [seed, filingId] = [seedOf(keys), fromHex(one.filingId, 16)]
  if (filingId === null) return { failed: "malformed-message" }
  const message = verificationOf(keyset.deployment, publicKey(seed), filingId, edge.today(), seed)
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${one.caseId}/verification`, message)
  return hasFailed(answer) ? answer : null
}

/** Promises to be in touch by a day; `null`, or what came instead. */
export function promise(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, dueDay: number): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "promise", { due_day: dueDay })
}

/** Says that what was owed is done. */
export function done(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, kind: Clock["kind"]): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "done", { kind })
}

/** Gives a case back, without a reason. From then on it does not exist for this counselor. */
export function recuse(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string): Promise<Failed | null> {
  return act(edge, keyset, keys, caseId, "recusal", {})
}

async function act(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, name: string, body: object): Promise<Failed | null> {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/${name}`, bytes)
  return hasFailed(answer) ? answer : null
}

/** One part of a file of a case's account. WEP-1, section 15. */
export function casePart(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, fileId: string, part: number): Promise<Uint8Array | Failed> {
  return askSigned(edge, keyset, keys, "GET", `/v1/desk/cases/${caseId}/files/${fileId}/${part}`)
}

/** A request of somebody of the team. WEP-1, section 12. */
export function askSigned(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, method: "GET" | "POST", path: string, body?: Uint8Array,
): Promise<Uint8Array | Failed> {
  const header = deskHeader(keyset.deployment, edge.now_s(), edge.random(16), method, path, body ?? new Uint8Array(0), seedOf(keys))
  return edge.ask(method, path, body, { "WeToo-Desk": header })
}

/** The text of an age file; `null` when it is not for this counselor. */
async function decrypt(keys: CounselorKeys, base64: unknown): Promise<string | null> {
  const file = fromBase64(base64)
  if (file === null || file.length === 0) return null
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(keys.age)
    return await decrypter.decrypt(file, "text")
  } catch {
    return null // The library throws for a file that is not for this counselor.
  }
}

function contactOf(content: Json | null): ContactContent | null {
  return content?.["wetoo"] === "contact/1" ? (content as unknown as ContactContent) : null
}

export function seedOf(keys: CounselorKeys): Uint8Array {
  return fromHex(keys.signing, 32) ?? new Uint8Array(32)
}

const states: readonly unknown[] = ["contact", "verified", "consented", "released", "withdrawn"] satisfies Case["state"][]

function caseOf({ case_id, match_id, filing_id, opened_day, state, verified, direct, frozen, changed, erase_day, clocks }: Json): Case | null {
  const running = listOf(clocks ?? [], clockOf)
  return [case_id, match_id, filing_id].every((id) => fromHex(id, 16) !== null)
    && isWhole(opened_day, 0, 2 ** 32 - 1) && states.includes(state) && typeof verified === "boolean" && running !== null
    ? { caseId: case_id as string, matchId: match_id as string, filingId: filing_id as string, openedDay: opened_day, state: state as Case["state"], verified,
        direct: direct === true, frozen: frozen === true, changed: changed === true, eraseDay: isWhole(erase_day, 0, 2 ** 32 - 1) ? erase_day : null, clocks: running }
    : null
}

const kinds: readonly unknown[] = ["checks", "first-contact", "promise"] satisfies Clock["kind"][]
const clockStates: readonly unknown[] = ["later", "soon", "overdue"] satisfies Clock["state"][]

function clockOf({ kind, due_day, state }: Json): Clock | null {
  return kinds.includes(kind) && isWhole(due_day, 0, 2 ** 32 - 1) && clockStates.includes(state)
    ? { kind: kind as Clock["kind"], dueDay: due_day, state: state as Clock["state"] }
    : null
}
