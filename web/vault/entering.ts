import { hasFailed, obtainCredential, visitWith, type Visit as AuthorVisit } from "../core/author.js"
import { fromBase64Url } from "../core/bytes.js"
import { newReceipt as drawReceipt, wordsOf, type Receipt } from "../core/receipt.js"
import type { Place } from "./place.js"
import { edge } from "./transport.js"
import { work } from "./worker.js"

/** A new author: ten words, and what they give at this place. */
export interface Entry {
  readonly words: readonly string[]
  readonly author: AuthorVisit
}

/** A new receipt, made on this device. */
export function newReceipt(): Receipt {
  return drawReceipt(edge.random)
}

/** What a receipt gives at a place. @param credential - Base64, when it was obtained before. */
export function beginEntry(place: Place, receipt: Receipt, credential: string | null): Entry {
  const author = visitWith(place, receipt)
  if (credential !== null) author.box = { ...author.box, credential }
  return { words: wordsOf(receipt), author }
}

/** @returns Null, or why there is no credential. */
export async function obtainByInvitation(entry: Entry, code: string): Promise<string | null> {
  return (await obtainCredential(edge, entry.author, { invitation: code.trim() }))?.failed ?? null
}

/** @returns Null, or why there is no credential. Takes about 2^work_bits hashes, beside the page. */
export async function obtainByWork(entry: Entry): Promise<string | null> {
  const answer = await edge.ask("GET", "/v1/registrar")
  if (hasFailed(answer)) return answer.failed

  const { challenge, work_bits: bits } = JSON.parse(new TextDecoder().decode(answer)) as { challenge?: unknown; work_bits?: unknown }
  const bytes = fromBase64Url(challenge)
  if (bytes === null || typeof challenge !== "string" || typeof bits !== "number") return "work-expired"

  const nonce = String(await work(bytes, bits))
  return (await obtainCredential(edge, entry.author, { work: { challenge, nonce } }))?.failed ?? null
}
