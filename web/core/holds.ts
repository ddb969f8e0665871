import { hasFailed, type Failed } from "./author.js"
import { fromBase64, fromHex } from "./bytes.js"
import { askSigned, seedOf, type CounselorKeys, type DeskEdge } from "./desk.js"
import { holdOf, readHold, type Hold } from "./hold.js"
import { listOf, parseJson, type Json } from "./json.js"
import type { Keyset } from "./keyset.js"

/** A hold of the desk: what one person asks for, or two have signed. */
export interface DeskHold {
  readonly caseId: string
  readonly first: Hold
  readonly second: Hold | null
}

/** What waits for this counselor's signature, what they signed, and what is held. */
export async function askHolds(edge: DeskEdge, keyset: Keyset, keys: CounselorKeys): Promise<readonly DeskHold[] | Failed> {
  const answer = await askSigned(edge, keyset, keys, "GET", "/v1/desk/holds")
  if (hasFailed(answer)) return answer

  const holdsOf = ({ case_id, first, second }: Json): DeskHold | null => {
    const [one, other] = [readHold(fromBase64(first), keyset.deployment), readHold(fromBase64(second), keyset.deployment)]
    return fromHex(case_id, 16) === null || one === null ? null : { caseId: case_id as string, first: one, second: other }
  }
  return listOf(parseJson(answer)?.["holds"], holdsOf) ?? { failed: "unreachable" }
}

/** Signs; `null`, or what came instead. */
export async function signHold(
  edge: DeskEdge, keyset: Keyset, keys: CounselorKeys, caseId: string, { filingId, act, reason, untilDay }: Omit<Hold, "signer">,
): Promise<Failed | null> {
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }

  const answer = await askSigned(edge, keyset, keys, "POST", `/v1/desk/holds/${caseId}`, holdOf(keyset.deployment, id, act, reason, untilDay, edge.today(), seedOf(keys)))
  return hasFailed(answer) ? answer : null
}
