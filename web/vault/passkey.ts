import { lockReceipt, openReceipt, passkeyKeyOf, passkeyName } from "../core/passkey.js"
import type { Receipt } from "../core/receipt.js"
import { copies, putCopy } from "./device-store.js"
import { answerOf, makePasskey, type PasskeyFailure } from "./prf.js"
import { edge } from "./transport.js"

export { passkeysAreKnown } from "./prf.js"

/** Makes a passkey, and keeps the receipt on this device under it. @returns Null when it is done. */
export async function keepUnderPasskey(receipt: Receipt): Promise<PasskeyFailure | null> {
  const output = await makePasskey(passkeyName)
  if (typeof output === "string") return output

  await putCopy(lockReceipt(passkeyKeyOf(output), receipt, edge.random))
  return null
}

/** Asks the device's own lock, and opens what it opens here. */
export async function receiptUnderPasskey(): Promise<Receipt | PasskeyFailure> {
  const output = await answerOf(passkeyName)
  if (typeof output === "string") return output

  const key = passkeyKeyOf(output)
  for await (const { copy } of copies()) {
    const receipt = openReceipt(key, copy)
    if (receipt !== null) return receipt
  }
  return "nothing"
}
