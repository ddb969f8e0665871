import { hasFailed, type Failed } from "../core/author.js"
import { toHex } from "../core/bytes.js"
import { publicKeysOf } from "../core/counselor.js"
import type { Hold } from "../core/hold.js"
import { askHolds, signHold, type DeskHold } from "../core/holds.js"
import { deskPlace, type DeskKey } from "./desk-protocol.js"
import { edge } from "./transport.js"

export type { DeskHold }

/** What waits for a signature and what is held, with the caller's own key and the names on the roster. */
export async function askForHolds(key: DeskKey): Promise<{ readonly list: readonly DeskHold[], readonly own: string, readonly nameOf: (signer: string) => string } | Failed> {
  const place = await deskPlace()
  if (hasFailed(place)) return place

  const [list, { signing: own }] = [await askHolds(edge, place, key), await publicKeysOf(key)]
  const nameOf = (signer: string) => place.counselors.find(({ signing }) => toHex(signing) === signer)?.name ?? ""
  return hasFailed(list) ? list : { list, own, nameOf }
}

/** Signs a hold, or its end. @returns Null, or why it was not taken. */
export async function sign(key: DeskKey, caseId: string, hold: Omit<Hold, "signer">): Promise<string | null> {
  const place = await deskPlace()
  return hasFailed(place) ? place.failed : ((await signHold(edge, place, key, caseId, hold))?.failed ?? null)
}
