import { ascii, concat } from "./bytes.js"
import type { Way } from "./mailbox.js"
import { inDigits } from "./team.js"

/**
 * What an author and their counselor compare aloud: thirty digits, the same on both sides when each has the other's keys. WEP-1, section 17.1.
 *
 * @param pseudonym - What the author signs with, 32 bytes.
 * @param recipient - What the author is first sealed to, `age1…`.
 * @param counselor - What the counselor signs with, 32 bytes.
 */
export function mailNumberOf({ deployment, filingId }: Pick<Way, "deployment" | "filingId">, pseudonym: Uint8Array, recipient: string, counselor: Uint8Array): string {
  return inDigits(concat(ascii("wetoo/v1/mail-number"), deployment, filingId, pseudonym, counselor, ascii(recipient)))
}
