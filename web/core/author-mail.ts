import type { BoxAccount, Edge, Visit } from "./author.js"
import { concat, fromHex, toHex } from "./bytes.js"
import { firstIdentity } from "./mail-key.js"
import { MailVisit } from "./mail-visit.js"
import { stateKey } from "./mailbox.js"
import { signed } from "./signing.js"
import { u32, u8 } from "./wire.js"

/** MailExchange. WEP-1, section 17. @param put - What `putOf` gave. */
export function mailExchangeOf(
  deployment: Uint8Array, day: number, pseudonym: Uint8Array, filingId: Uint8Array, counselor: Uint8Array, put: Uint8Array, seed: Uint8Array,
): Uint8Array {
  return signed("mail", concat(u8(1), deployment, u32(day), pseudonym, filingId, counselor, put), seed)
}

/** The author's side of the mailbox of a filing. A counselor whom they did not choose is nobody. `null` when its id is none. */
export function authorMail(edge: Edge, { keyset, keys }: Visit, account: BoxAccount): MailVisit | null {
  const filingId = fromHex(account.filing_id, 16)
  if (filingId === null) return null
  return new MailVisit({
    way: { deployment: keyset.deployment, filingId, from: "author" },
    seed: keys.seed, stateKey: stateKey(keys.boxKey, filingId), first: firstIdentity(keys.boxKey), random: edge.random,
    other: (counselor) => {
      const known = keyset.counselors.find((one) => toHex(one.signing) === counselor && account.counselors.includes(counselor))
      return known === undefined ? null : { key: known.signing, recipient: known.recipient }
    },
    send: (put, counselor) => edge.ask("POST", "/v1/mail", mailExchangeOf(
      keyset.deployment, edge.today(), keys.pseudonym, filingId, fromHex(counselor, 32) ?? new Uint8Array(32), put, keys.seed)),
  })
}
