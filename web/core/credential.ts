import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, type Random } from "./bytes.js"
import { blindRsa, finalizeRsa, parseSpki, prepare } from "./blind-rsa.js"
import type { Keyset } from "./keyset.js"
import { u64 } from "./wire.js"

export const credentialSize = 328

/** A credential on its way: what goes to the registrar, and what its answer makes of it. */
export interface Pending {
  /** 256 bytes. */
  readonly blinded: Uint8Array
  /** Takes the blind signature; the credential's 328 bytes, or `null` when it does not verify. */
  finish(blindSignature: Uint8Array): Uint8Array | null
}

/** Blinds the message for the keyset's newest registrar. WEP-1, section 3. `null` when there is no usable one. */
export function requestCredential(keyset: Keyset, pseudonym: Uint8Array, random: Random): Pending | null {
  const registrar = [...keyset.registrars].sort((a, b) => b.notAfterDay - a.notAfterDay)[0]
  const key = registrar === undefined ? null : parseSpki(registrar.key)
  if (registrar === undefined || key === null) return null

  const prepared = prepare(concat(ascii("wetoo/v1/credential"), keyset.deployment, sha256(pseudonym)), random)
  const blinding = blindRsa(key, prepared, random)
  if (blinding === null) return null
  return {
    blinded: blinding.blinded,
    finish(blindSignature) {
      const signature = finalizeRsa(key, prepared, blindSignature, blinding.inverse)
      return signature === null ? null : concat(pseudonym, sha256(registrar.key).slice(0, 8), prepared.slice(0, 32), signature)
    },
  }
}

/**
 * Looks for a proof of work among `count` nonces from `from` on.
 *
 * @returns The nonce, or `null` when none of these is one.
 */
export function findWork(challenge: Uint8Array, bits: number, from: bigint, count: number): bigint | null {
  for (let nonce = from; nonce < from + BigInt(count); nonce++) {
    if (leadingZeros(sha256(concat(challenge, u64(nonce)))) >= bits) return nonce
  }
  return null
}

function leadingZeros(digest: Uint8Array): number {
  const first = digest.findIndex((byte) => byte !== 0)
  return first < 0 ? 8 * digest.length : 8 * first + Math.clz32(digest[first] ?? 0) - 24
}
