import { fingerprintOf, openAddendum, type AddendumContent } from "./addenda.js"
import { hasFailed, type Failed } from "./author.js"
import { ascii, fromBase64, fromHex } from "./bytes.js"
import type { Case, Clock } from "./counselor.js"
import { askSigned, decrypt, type CounselorKeys, type DeskEdge } from "./desk.js"
import { isWhole, listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"
import { datedForm, parseAccount, type AccountContent } from "./record.js"
import { doors, type Door } from "./doors.js"

/** What opened with one of the doors. */
export interface OpenedRoom {
  /** `null` when it does not open with these keys. */
  readonly account: AccountContent | null
  /** What was added later, oldest first; `null` in the place of one that cannot be read. Only behind its own door. */
  readonly addenda: readonly (AddendumContent | null)[]
  /** Whether each of them follows the one before, and the first the account. */
  readonly unbroken: boolean
}

/** A clock that was put off, with its new day. */
export interface Moved {
  readonly caseId: string
  readonly kind: Clock["kind"]
  readonly dueDay: number
}

/** What follows when somebody has had enough for today. */
export interface Rested {
  readonly moved: readonly Moved[]
  /** What was put off before as often as it may be: it ends today. */
  readonly kept: readonly Moved[]
  /** Nothing new comes before this day. */
  readonly notBefore: number
}

/** Opens one door of a released account. The vault writes down which, before it gives anything. */
export async function openRoom(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case, door: Door): Promise<OpenedRoom | Failed> {
  const body = ascii(JSON.stringify({ room: doors.indexOf(door) }))
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${one.caseId}/readings`, body)
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const account = parseAccount(parseJson(await decrypt(keys, json?.["account"])))
  return { account, ...addendaOf(keyset, one, account, json?.["addenda"]) }
}

/** Says that it is enough for today. @param caseId - Where they stopped, if they were reading. @returns What follows. */
export async function rest(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string | null): Promise<Rested | Failed> {
  const answer = await askSigned(edge, keyset, keys, "POST", "/v1/desk/rest", ascii(JSON.stringify({ case_id: caseId })))
  if (hasFailed(answer)) return answer
  const json = parseJson(answer)
  const [moved, kept, notBefore] = [listOf(json?.["moved"], movedOf), listOf(json?.["kept"], movedOf), json?.["not_before"]]
  return moved === null || kept === null || !isWhole(notBefore, 0, 2 ** 32 - 1) ? { failed: "malformed-message" } : { moved, kept, notBefore }
}

function movedOf({ case_id, kind, due_day }: Json): Moved | null {
  return fromHex(case_id, 16) !== null && typeof kind === "string" && isWhole(due_day, 0, 2 ** 32 - 1)
    ? { caseId: case_id as string, kind: kind as Clock["kind"], dueDay: due_day }
    : null
}

/** What the desk gives of each addition. */
interface DeskAddendum {
  readonly message: Uint8Array
  readonly sealed: Uint8Array
}

function addendaOf({ deployment }: Keyset, one: Case, account: AccountContent | null, value: unknown): Pick<OpenedRoom, "addenda" | "unbroken"> {
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
