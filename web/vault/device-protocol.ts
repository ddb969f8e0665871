import { deviceKeyOf, lockCopy, openCopy } from "../core/device-copy.js"
import { newReceipt as drawReceipt, wordsOf, type Receipt } from "../core/receipt.js"
import { emptyDraft, isDraft, type Draft, type Visit } from "./author/visit.js"
import { DeviceStore } from "./device-store.js"
import { choose, isLanguage } from "./language.js"
import { goOnWithoutNetwork } from "./offline.js"
import { say } from "./say.js"
import type { Store } from "./store.js"
import { edge } from "./transport.js"
import { stretch } from "./worker.js"

export { eraseDevice } from "./device-store.js"

/** What a person may type when they come back to a page that locked: Argon2id of it, in memory alone. */
export interface Code {
  readonly salt: Uint8Array
  readonly key: Uint8Array
}

/** What a locked page holds in memory: ciphertext, and no key. */
export interface Held {
  readonly copy: Uint8Array
  readonly store: Store
  /** Of the code that opens it; null when the ten words do. */
  readonly salt: Uint8Array | null
  tries: number
}

/** So many wrong codes, and what was held is gone: codes are short. */
const mostTries = 5

/** A new receipt, made on this device. */
export function newReceipt(): Receipt {
  return drawReceipt(edge.random)
}

export function wordsIn(receipt: Receipt): string[] {
  return wordsOf(receipt)
}

/** Begins a locked copy on this device, of all that this page held until now, and lets the pages open without a network from now on. */
export async function keepOnDevice(visit: Visit, receipt: Receipt): Promise<void> {
  const before = visit.store
  visit.store = await DeviceStore.begin(receipt, visit.draft, (state) => visit.page.mark(say(`keep.${state}`)))
  if (visit.draft.record.files.length > 0) await (await import("./files.js")).keepFiles(visit, before)
  void goOnWithoutNetwork()
}

/** Words that open an empty notebook. */
export async function makeSecond(): Promise<Receipt> {
  const receipt = newReceipt()
  await DeviceStore.begin(receipt, emptyDraft(), () => {})
  return receipt
}

export async function stepAwayCode(code: string): Promise<Code> {
  const salt = edge.random(16)
  return { salt, key: await stretch(new TextEncoder().encode(code.normalize("NFKC")), salt) }
}

/** Locks a draft in memory under the code, else under the words; `null` when there are neither. */
export function hold({ draft, receipt, store, code }: Visit): Held | null {
  const key = code?.key ?? (receipt && deviceKeyOf(receipt))
  const copy = key && lockCopy(key, draft, edge.random)
  return copy && { copy, store, salt: code?.salt ?? null, tries: 0 }
}

/** Opens what is held with the code. Answers whether it was right; too many that are not erase it. */
export async function unlockByCode(visit: Visit, typed: string): Promise<boolean> {
  const { held } = visit
  if (held?.salt == null) return false

  const key = await stretch(new TextEncoder().encode(typed.normalize("NFKC")), held.salt)
  const draft = openCopy(key, held.copy)
  if (isDraft(draft)) {
    goOn(visit, draft, held.store)
    visit.code = { salt: held.salt, key }
    return true
  }
  held.tries += 1
  if (held.tries >= mostTries) visit.held = null
  return false
}

/** Opens what these words open on this device: a page that locked, or a locked copy. Answers whether they opened anything. */
export async function unlockByWords(visit: Visit, receipt: Receipt): Promise<boolean> {
  const held = visit.held && openCopy(deviceKeyOf(receipt), visit.held.copy)
  if (visit.held && isDraft(held)) {
    goOn(visit, held, visit.held.store)
    visit.receipt = receipt
    return true
  }
  const kept = await DeviceStore.open(receipt, (state) => visit.page.mark(say(`keep.${state}`)))
  if (kept === null) return false

  goOn(visit, kept.draft, kept.store)
  visit.receipt = receipt
  return true
}

function goOn(visit: Visit, draft: Draft, store: Store): void {
  visit.draft = { ...emptyDraft(), ...draft }
  visit.store = store
  visit.held = null
  if (isLanguage(draft.language)) void choose(draft.language)
}
