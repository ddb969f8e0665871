import { hasFailed, type Edge, type Failed, type Visit } from "./author.js"
import { fromHex, toHex } from "./bytes.js"
import type { Keyset } from "./keyset.js"
import { freezeOf, openStops, revocationOf, stopPutOf, stopRequestOf, type StopKeys, type Stoppable } from "./stop-code.js"

/** Puts the public halves of a stop code into the author's own copy. */
export function setStop(visit: Visit, { stopKey, boxKey }: StopKeys): void {
  visit.box = { ...visit.box, stop: { key: toHex(stopKey), box_key: toHex(boxKey) } }
}

/** Leaves a withdrawal of a filing for the author's stop code; `null`, or what came instead. Without a code there is nothing to leave. */
export async function leaveStop(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  const { stop } = visit.box
  if (stop === undefined) return null

  const [stopKey, boxKey, id] = [fromHex(stop.key, 32), fromHex(stop.box_key, 32), fromHex(filingId, 16)]
  if (stopKey === null || boxKey === null || id === null) return { failed: "malformed-message" }
  const { keyset, keys } = visit
  const put = stopPutOf(keyset.deployment, keys.pseudonym, id, { stopKey, boxKey }, edge.today(), keys.seed, edge.random)
  const answer = put === null ? { failed: "malformed-message" } : await edge.ask("PUT", "/v1/stops", put)
  return hasFailed(answer) ? answer : null
}

/** Stops contact for a filing, or lets it go on; `null`, or what came instead. */
export async function freeze(edge: Edge, visit: Visit, filingId: string, freezes: boolean): Promise<Failed | null> {
  const { keyset, keys } = visit
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const answer = await edge.ask("POST", "/v1/freezes", freezeOf(keyset.deployment, keys.pseudonym, id, freezes, edge.today(), edge.random(16), keys.seed))
  return hasFailed(answer) ? answer : null
}

/** Takes the consent to read an account back; `null`, or what came instead. */
export async function revoke(edge: Edge, visit: Visit, filingId: string): Promise<Failed | null> {
  const { keyset, keys } = visit
  const id = fromHex(filingId, 16)
  if (id === null) return { failed: "malformed-message" }
  const answer = await edge.ask("POST", "/v1/revocations", revocationOf(keyset.deployment, keys.pseudonym, id, edge.today(), edge.random(16), keys.seed))
  return hasFailed(answer) ? answer : null
}

/** What was left for a stop code. A code that nobody has finds nothing. */
export async function findStops(edge: Edge, keyset: Keyset, keys: StopKeys): Promise<readonly Stoppable[] | Failed> {
  const answer = await edge.ask("POST", "/v1/stops", stopRequestOf(keyset.deployment, keys, edge.today(), edge.random(16)))
  return hasFailed(answer) ? answer : openStops(answer, keys)
}

/** Takes out everything that was left for a stop code; `null`, or what came instead. */
export async function withdrawAll(edge: Edge, found: readonly Stoppable[]): Promise<Failed | null> {
  for (const { withdrawal } of found) {
    const answer = await edge.ask("POST", "/v1/withdrawals", withdrawal)
    if (hasFailed(answer)) return answer
  }
  return null
}

/** Stops contact for everything that was left for a stop code; `null`, or what came instead. */
export async function freezeAll(edge: Edge, keyset: Keyset, keys: StopKeys, found: readonly Stoppable[]): Promise<Failed | null> {
  for (const { filingId } of found) {
    const message = freezeOf(keyset.deployment, keys.stopKey, filingId, true, edge.today(), edge.random(16), keys.seed)
    const answer = await edge.ask("POST", "/v1/freezes", message)
    if (hasFailed(answer)) return answer
  }
  return null
}
