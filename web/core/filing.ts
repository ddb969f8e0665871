import { sha256 } from "@noble/hashes/sha2.js"
import { concat, type Random } from "./bytes.js"
import { contexts, verifyProof } from "./dleq.js"
import { parseElement, randomScalar, type Element } from "./group.js"
import type { Keeper, Keyset } from "./keyset.js"
import { chainStart, climb, tagOf } from "./ladder.js"
import { encryptForMix, mixBinding } from "./mix.js"
import { blind, finalize, unblind } from "./oprf.js"
import { combine } from "./quorum.js"
import { sealBox } from "./sealed-box.js"
import { signed, type Purpose } from "./signing.js"
import { packageLabel, seal, seedLabel, type Sealed } from "./tdh2.js"
import { u32, u8, vec32 } from "./wire.js"

export const slipCount = 4
const version = u8(1)

/** Who asks for an evaluation: a credential of 328 bytes and the seed of its pseudonym; or of somebody of the team, who has their own purpose, a key of 32. */
export interface Asking {
  readonly credential: Uint8Array
  readonly seed: Uint8Array
  readonly purpose?: Purpose
}

/** Who writes: the credential and the seed of its pseudonym. */
export interface Author {
  /** 328 bytes, beginning with the pseudonym. */
  readonly credential: Uint8Array
  readonly seed: Uint8Array
}

/** What the keepers' evaluation gives for one slip. */
export interface EvaluatedSlip {
  readonly n: Element
  /** y_0. */
  readonly start: Uint8Array
}

/**
 * Four inputs, blinded, and the keepers' answers as they come in. The request is the same for all keepers and all attempts, so a
 * repeated question costs none of the author's evaluations. WEP-1, section 4.
 */
export class BlindedSlips {
  /** EvaluateRequest, 561 bytes. */
  readonly request: Uint8Array
  readonly #inputs: readonly Uint8Array[]
  readonly #blinds: readonly bigint[]
  readonly #blinded: readonly Element[]
  readonly #answers = new Map<number, readonly Element[]>()

  /** @param inputs - Up to four; padding that nobody can tell from them takes the other places. */
  constructor(keyset: Keyset, author: Asking, inputs: readonly Uint8Array[], day: number, random: Random) {
    this.#inputs = [...inputs, ...Array.from({ length: slipCount - inputs.length }, () => random(32))]
    this.#blinds = this.#inputs.map(() => randomScalar(random))
    this.#blinded = this.#inputs.map((input, j) => blind(input, this.#blinds[j] ?? 1n))
    this.request = signed(author.purpose ?? "evaluate", concat(
      version, keyset.deployment, u32(keyset.epoch), u32(day), random(16), author.credential,
      ...this.#blinded.map((element) => element.toBytes())), author.seed)
  }

  /** The keepers whose answers were right. */
  get answered(): readonly number[] {
    return [...this.#answers.keys()]
  }

  /** Takes a keeper's EvaluateReply; `false` when it is not what this keeper must answer to this request. */
  accept(keeper: Keeper, reply: Uint8Array): boolean {
    if (reply.length !== 193 || reply[0] !== keeper.index) return false
    const evaluated = this.#inputs.map((_, j) => parseElement(reply.slice(1 + 32 * j, 33 + 32 * j)))
    const elements = evaluated.filter((element) => element !== null)
    if (elements.length !== slipCount || !verifyProof(contexts.evaluate, keeper.y, this.#blinded, elements, reply.slice(129))) return false

    this.#answers.set(keeper.index, elements)
    return true
  }

  /** Combines a quorum of answers; `null` while there are too few. */
  combine(keyset: Keyset): EvaluatedSlip[] | null {
    const quorum = [...this.#answers].slice(0, keyset.quorum)
    if (quorum.length < keyset.quorum) return null

    const slips = this.#inputs.map((input, j) => {
      const parts = quorum.flatMap(([keeperIndex, elements]) => (elements[j] === undefined ? [] : [{ keeperIndex, element: elements[j] }]))
      const evaluated = combine(parts)
      if (evaluated === null) return null
      const n = unblind(this.#blinds[j] ?? 1n, evaluated)
      return { n, start: chainStart(finalize(input, n)) }
    })
    return slips.includes(null) ? null : (slips as EvaluatedSlip[])
  }
}

/** What is filed, but for the evaluation. */
export interface FilingDraft {
  readonly filingId: Uint8Array
  /** t, in 2..5. */
  readonly leastNumber: number
  /** Packages for the keepers, padded to their size classes. */
  readonly contact: Uint8Array
  readonly account: Uint8Array
}

/** Seals everything and signs both halves: the Submission. WEP-1, section 7. `null` when the matcher's key is unusable. */
export function submissionOf(
  keyset: Keyset, author: Author, draft: FilingDraft, slips: readonly EvaluatedSlip[], day: number, random: Random,
): Uint8Array | null {
  const pseudonym = author.credential.slice(0, 32)
  const label = (field: 1 | 2) => packageLabel(keyset.deployment, pseudonym, draft.filingId, field)
  const contact = seal(keyset.z, label(1), draft.contact, random)
  const account = seal(keyset.z, label(2), draft.account, random)
  const slipsMessage = slipsOf(keyset, author, draft, slips, random)
  const filing = filingOf(keyset, author, draft, sha256(slipsMessage), contact, account, day)
  const box = sealBox(keyset.matcher, slipsMessage, random)
  return box === null ? null : concat(filing, vec32(contact.ciphertext), vec32(account.ciphertext), vec32(box))
}

/** Slips, signed. */
export function slipsOf(keyset: Keyset, author: Author, draft: FilingDraft, slips: readonly EvaluatedSlip[], random: Random): Uint8Array {
  const pseudonym = author.credential.slice(0, 32)
  const first = draft.leastNumber - 1
  const parts = slips.map((slip, j) => {
    const seeds = Array.from({ length: first }, (_, i) => {
      const rung = first - 1 - i
      const sealed = seal(keyset.z, seedLabel(keyset.deployment, pseudonym, draft.filingId, j, rung), climb(slip.start, 0, rung), random)
      return concat(sealed.header, sealed.ciphertext)
    })
    const mix = encryptForMix(slip.n, keyset.z, mixBinding(keyset.deployment, pseudonym, draft.filingId, j), random)
    return concat(tagOf(climb(slip.start, 0, first)), ...seeds, mix)
  })
  return signed("slips", concat(
    version, keyset.deployment, u32(keyset.epoch), draft.filingId, author.credential, u8(draft.leastNumber), ...parts), author.seed)
}

function filingOf(
  keyset: Keyset, author: Author, draft: FilingDraft, slipsHash: Uint8Array, contact: Sealed, account: Sealed, day: number,
): Uint8Array {
  return signed("filing", concat(
    version, keyset.deployment, u32(keyset.epoch), draft.filingId, author.credential, u8(draft.leastNumber), u32(day), slipsHash,
    contact.header, account.header), author.seed)
}

/** Withdrawal, 133 bytes. WEP-1, section 10. */
export function withdrawalOf(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, day: number, seed: Uint8Array): Uint8Array {
  return signed("withdrawal", concat(version, deployment, pseudonym, filingId, u32(day)), seed)
}

/** Consent, 134 bytes. WEP-1, section 9. */
export function consentOf(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, day: number, seed: Uint8Array): Uint8Array {
  return signed("consent", concat(version, deployment, pseudonym, filingId, u8(2), u32(day)), seed)
}

/** Status, 133 bytes. WEP-1, section 11. */
export function statusOf(deployment: Uint8Array, pseudonym: Uint8Array, day: number, nonce: Uint8Array, seed: Uint8Array): Uint8Array {
  return signed("status", concat(version, deployment, u32(day), pseudonym, nonce), seed)
}

/** Stores one part of a sealed file. WEP-1, section 15. */
export function filePartOf(
  deployment: Uint8Array, author: Author, filingId: Uint8Array, fileId: Uint8Array, part: number, parts: number, bytes: Uint8Array, day: number,
  purpose: "file-part" | "mail-part" = "file-part",
): Uint8Array {
  const message = concat(version, deployment, u32(day), filingId, fileId, u32(part), u32(parts), author.credential, sha256(bytes))
  return concat(signed(purpose, message, author.seed), vec32(bytes))
}

/** BoxPut. WEP-1, section 11. @param entry - For the log: of what was sealed last. */
export function boxPutOf(deployment: Uint8Array, author: Author, revision: number, entry: Uint8Array, box: Uint8Array, day: number): Uint8Array {
  const message = concat(version, deployment, u32(day), u32(revision), author.credential, entry, sha256(box))
  return concat(signed("box", message, author.seed), vec32(box))
}
