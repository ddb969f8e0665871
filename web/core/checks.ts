import { encryptTo } from "./age.js"
import { hasFailed, type ContactContent, type Failed } from "./author.js"
import { ascii, concat, fromBase64, fromHex, toBase64, toHex, type Random } from "./bytes.js"
import type { Case, OpenedCase } from "./counselor.js"
import { askSigned, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import { contexts, verifyProof } from "./dleq.js"
import { parseElement, randomScalar, type Element } from "./group.js"
import { identifierKey, type Stretch } from "./identifier-key.js"
import { parseJson } from "./json.js"
import type { Keyset } from "./keyset.js"
import { chainStart } from "./ladder.js"
import { blind, finalize, unblind } from "./oprf.js"
import { combine } from "./quorum.js"
import { sealBox } from "./sealed-box.js"
import { publicKey, signed } from "./signing.js"
import type { FindingAnswer, Sibling } from "./siblings.js"
import { u32, u8 } from "./wire.js"

const version = u8(1)

/** How many inputs an evaluation has. */
const inputCount = 4

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

/** Recheck, 281 bytes. WEP-1, section 9.2. */
export function recheckOf(
  { deployment, epoch }: Keyset, filingId: Uint8Array, blinded: readonly Element[], day: number, requestId: Uint8Array, seed: Uint8Array,
): Uint8Array {
  return signed("recheck", concat(
    version, deployment, u32(epoch), u32(day), requestId, publicKey(seed), filingId, ...blinded.map((element) => element.toBytes())), seed)
}

/** What is asked of the matcher, boxed for it; `null` when its key is unusable. WEP-1, section 9.2. */
export function comparisonOf({ deployment, matcher }: Keyset, filingId: Uint8Array, starts: readonly Uint8Array[], random: Random): Uint8Array | null {
  return sealBox(matcher, concat(version, deployment, filingId, ...starts), random)
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

/**
 * Has what a filing names evaluated once more, and asks by which of it the filing opened. Where none did, somebody may have copied a code.
 *
 * @returns For each identifier whether it did, or what came instead.
 */
export async function recheck(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, one: Case, { identifiers }: ContactContent, stretch: Stretch,
): Promise<readonly boolean[] | Failed> {
  const filingId = fromHex(one.filingId, 16)
  if (filingId === null || identifiers.length > inputCount) return { failed: "malformed-message" }

  const inputs: Uint8Array[] = []
  for (const canonical of identifiers) inputs.push(await identifierKey({ canonical }, keyset.deployment, stretch))
  while (inputs.length < inputCount) inputs.push(edge.random(32))
  const blinds = inputs.map(() => randomScalar(edge.random))
  const blinded = inputs.map((input, j) => blind(input, blinds[j] ?? 1n))
  const request = recheckOf(keyset, filingId, blinded, edge.today(), edge.random(16), seedOf(keys))
  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${one.caseId}/recheck`, request)
  if (hasFailed(answer)) return answer

  const evaluated = evaluationOf(keyset, blinded, parseJson(answer)?.["replies"])
  if (evaluated === null) return { failed: "malformed-message" }
  const starts = evaluated.map((element, j) => chainStart(finalize(inputs[j] ?? new Uint8Array(0), unblind(blinds[j] ?? 1n, element))))
  const box = comparisonOf(keyset, filingId, starts, edge.random)
  if (box === null) return { failed: "keyset-invalid" }
  const met = await askSigned(edge, keyset, keys, "POST", `/v1/desk/cases/${one.caseId}/comparison`, box)
  return hasFailed(met) ? met : identifiers.map((_, j) => met[j] === 1)
}

/** What a quorum of checked replies combines to; `null` when there are too few. */
function evaluationOf(keyset: Keyset, blinded: readonly Element[], replies: unknown): readonly Element[] | null {
  const parts = (Array.isArray(replies) ? replies : []).flatMap((text) => {
    const reply = fromBase64(text)
    const keeper = keyset.keepers.find((one) => one.index === reply?.[0])
    if (reply === null || reply.length !== 193 || keeper === undefined) return []

    const elements = blinded.flatMap((_, j) => parseElement(reply.slice(1 + 32 * j, 33 + 32 * j)) ?? [])
    const right = elements.length === blinded.length && verifyProof(contexts.evaluate, keeper.y, blinded, elements, reply.slice(129))
    return right ? [{ keeperIndex: keeper.index, elements }] : []
  })
  if (parts.length < keyset.quorum) return null

  const combined = blinded.map((_, j) => combine(parts.slice(0, keyset.quorum).flatMap(({ keeperIndex, elements }) => {
    const element = elements[j]
    return element === undefined ? [] : [{ keeperIndex, element }]
  })))
  return combined.every((element) => element !== null) ? combined : null
}
