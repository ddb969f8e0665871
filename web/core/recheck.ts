import { hasFailed, type ContactContent, type Failed } from "./author.js"
import { concat, fromBase64, fromHex, type Random } from "./bytes.js"
import type { Case } from "./counselor.js"
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
import { u32, u8 } from "./wire.js"

const version = u8(1)

/** How many inputs an evaluation has. */
const inputCount = 4

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
