import { hasFailed, type BoxAccount, type Edge, type Failed, type Visit } from "./author.js"
import { concat, fromBase64, fromHex, toHex } from "./bytes.js"
import { filePartOf, statusOf } from "./filing.js"
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

/** Stores one part of a file that goes with a message. WEP-1, section 17.2. */
export async function storeMailPart(
  edge: Edge, { keyset, keys, box }: Visit, filingId: string, fileId: string, part: number, parts: number, bytes: Uint8Array,
): Promise<Failed | null> {
  const [credential, filing, file] = [fromBase64(box.credential), fromHex(filingId, 16), fromHex(fileId, 16)]
  if (credential === null || filing === null || file === null) return { failed: "credential-invalid" }
  const message = filePartOf(keyset.deployment, { credential, seed: keys.seed }, filing, file, part, parts, bytes, edge.today(), "mail-part")
  const answer = await edge.ask("PUT", "/v1/mail/files", message)
  return hasFailed(answer) ? answer : null
}

/** One part of a file that came with a message, or went with one. */
export function mailPart(edge: Edge, { keyset, keys }: Visit, fileId: string, part: number): Promise<Uint8Array | Failed> {
  return edge.ask("POST", `/v1/mail/files/${fileId}/${part}`, statusOf(keyset.deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed))
}
