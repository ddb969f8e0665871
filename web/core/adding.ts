import { addendumOf, fingerprintOf, mostAddenda, type AddendumContent } from "./addenda.js"
import { hasFailed, storeBox, type BoxAccount, type Edge, type Failed, type Visit } from "./author.js"
import { fromHex } from "./bytes.js"
import { datedForm } from "./record.js"

/**
 * Adds to an account that is sealed; what was sealed before stays as it is. It is kept in the author's own copy first: what does not
 * arrive now is sent by the next visit.
 *
 * @returns The account with its addition, or why nothing was added.
 */
export async function addTo(
  edge: Edge, visit: Visit, filingId: string, kind: AddendumContent["kind"], text: string, note?: AddendumContent["note"],
): Promise<BoxAccount | Failed> {
  const account = visit.box.accounts.find((one) => one.filing_id === filingId)
  if (account === undefined) return { failed: "filing-unknown" }

  const addenda = account.addenda ?? []
  const follows = fingerprintOf(datedForm(addenda.at(-1) ?? account.account))
  const addition: AddendumContent = { wetoo: "addendum/1", kind, text, sealed_day: edge.today(), follows, ...(note && { note }) }
  const grown = { ...account, addenda: [...addenda, addition] }
  if (grown.addenda.length > mostAddenda || addendumFor(edge, visit, grown, grown.addenda.length) === null) return { failed: "message-too-large" }

  const before = visit.box
  // The same account may be held for a match and with a counselor too: what is added is added to both.
  visit.box = { ...before, accounts: before.accounts.map((one) => (isSame(one, account) ? { ...one, addenda: grown.addenda } : one)) }
  const failed = await storeBox(edge, visit)
  if (failed === null) return grown
  visit.box = before
  return failed
}

/** Sends the additions that the vault does not have yet; `null`, or what came instead. @param there - How many it has. */
export async function sendAddenda(edge: Edge, visit: Visit, account: BoxAccount, there: number): Promise<Failed | null> {
  for (let number = there + 1; number <= (account.addenda ?? []).length; number++) {
    const addendum = addendumFor(edge, visit, account, number)
    if (addendum === null) return { failed: "malformed-message" }

    const answer = await edge.ask("POST", "/v1/addenda", addendum)
    // Nobody else adds here: an earlier try arrived, and only its answer was lost.
    if (hasFailed(answer) && answer.failed !== "addendum-out-of-order") return answer
  }
  return null
}

/** Whether two filings hold one account. */
export function isSame(one: BoxAccount, other: BoxAccount): boolean {
  return one.filing_id === other.filing_id || (one.account.addenda_key !== undefined && one.account.addenda_key === other.account.addenda_key)
}

function addendumFor(edge: Edge, { keyset, keys }: Visit, account: BoxAccount, number: number): Uint8Array | null {
  const [filingId, key, content] = [fromHex(account.filing_id, 16), fromHex(account.account.addenda_key, 32), account.addenda?.[number - 1]]
  if (filingId === null || key === null || content === undefined) return null
  const place = { deployment: keyset.deployment, pseudonym: keys.pseudonym, filingId, number }
  return addendumOf(place, key, content, edge.today(), keys.seed, edge.random)
}
