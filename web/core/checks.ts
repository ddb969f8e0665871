import { encryptTo } from "./age.js"
import { hasFailed, type Failed } from "./author.js"
import { ascii, concat, fromHex, toBase64, toHex } from "./bytes.js"
import type { Case, OpenedCase } from "./counselor.js"
import { askSigned, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import type { Keyset } from "./keyset.js"
import { publicKey, signed } from "./signing.js"
import type { FindingAnswer, Sibling } from "./siblings.js"
import { u32, u8 } from "./wire.js"

const version = u8(1)

/** A sheet tells nothing by its length. */
const sheetSize = 4096

export const questions = { authors: 1, named: 2 } as const
export type Question = keyof typeof questions

/** Finding, 151 bytes. WEP-1, section 9.1. */
export function findingOf(
  deployment: Uint8Array, filingId: Uint8Array, otherId: Uint8Array, question: Question, answer: FindingAnswer, day: number, seed: Uint8Array,
): Uint8Array {
  return signed("finding", concat(version, deployment, publicKey(seed), filingId, otherId, u8(questions[question]), u8(answer), u32(day)), seed)
}

/**
 * Says what was found about two filings of a match; `null`, or what came instead. Who has both cases has compared both, and answers from
 * either side at once.
 */
export async function find(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case, other: Sibling, question: Question, answer: FindingAnswer,
): Promise<Failed | null> {
  const [mine, theirs, seed] = [fromHex(one.filingId, 16), fromHex(other.filingId, 16), seedOf(keys)]
  if (mine === null || theirs === null) return { failed: "malformed-message" }

  const post = (caseId: string, about: Uint8Array, with_: Uint8Array, said: FindingAnswer) => askSigned(
    edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/findings`, findingOf(keyset.deployment, about, with_, question, said, edge.today(), seed))
  const first = await post(one.caseId, mine, theirs, answer)
  if (hasFailed(first)) return first
  if (!other.own) return null

  const second = await post(other.caseId, theirs, mine, question === "authors" && answer === 2 ? 4 : answer === 4 ? 2 : answer)
  return hasFailed(second) ? second : null
}

/** Writes about the named person for those counselors of the others whom this author chose too; `null`, or what came instead. */
export async function share(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, { caseId, siblings }: OpenedCase, text: string): Promise<Failed | null> {
  const own = toHex(publicKey(seedOf(keys)))
  const readers = new Set([own, ...siblings.filter((sibling) => sibling.mayShare).map((sibling) => sibling.counselor)])
  const recipients = keyset.counselors.filter(({ signing }) => readers.has(toHex(signing))).map(({ recipient }) => recipient)
  const json = JSON.stringify({ wetoo: "sheet/1", text })
  const bytes = ascii(json)
  const sheet = bytes.length > sheetSize ? null : encryptTo(recipients, ascii(json + " ".repeat(sheetSize - bytes.length)), edge.random)
  if (sheet === null) return { failed: "message-too-large" }

  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${caseId}/sheet`, ascii(JSON.stringify({ sheet: toBase64(sheet) })))
  return hasFailed(answer) ? answer : null
}
