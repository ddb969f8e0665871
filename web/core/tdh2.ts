import { xchacha20poly1305 } from "@noble/ciphers/chacha.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256, sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat, equal, type Random } from "./bytes.js"
import { Fn, hashToGroup, hashToScalar, parseElement, parseScalar, Point, randomScalar, scalarBytes, timesPublic, type Element } from "./group.js"
import { vec32 } from "./wire.js"

export const headerSize = 160
const context = "wetoo/v1/tdh2"
const second = hashToGroup(ascii("wetoo/v1/tdh2/second-generator"), context)
const onceOnly = new Uint8Array(24)

/** Something sealed to a quorum of keepers under a label. */
export interface Sealed {
  /** u ‖ ū ‖ e ‖ f ‖ SHA-256(c), 160 bytes. */
  readonly header: Uint8Array
  /** 16 bytes longer than the plaintext. */
  readonly ciphertext: Uint8Array
}

function keyOf(point: Element, u: Uint8Array, uBar: Uint8Array): Uint8Array {
  return hkdf(sha512, point.toBytes(), new Uint8Array(0), concat(ascii("wetoo/v1/tdh2/kem"), u, uBar), 32)
}

function challenge(label: Uint8Array, digest: Uint8Array, points: readonly Uint8Array[]): bigint {
  return hashToScalar(concat(vec32(label), digest, ...points), context)
}

/** Seals for Z under a label: TDH2 as a KEM. WEP-1, section 6. */
export function seal(z: Element, label: Uint8Array, plaintext: Uint8Array, random: Random): Sealed {
  const [r, s] = [randomScalar(random), randomScalar(random)]
  const [u, uBar] = [Point.BASE.multiply(r).toBytes(), second.multiply(r).toBytes()]
  const [w, wBar] = [Point.BASE.multiply(s).toBytes(), second.multiply(s).toBytes()]
  const ciphertext = xchacha20poly1305(keyOf(z.multiply(r), u, uBar), onceOnly, label).encrypt(plaintext)
  const digest = sha256(ciphertext)
  const e = challenge(label, digest, [u, uBar, w, wBar])
  return { header: concat(u, uBar, scalarBytes(e), scalarBytes(Fn.add(s, Fn.mul(r, e))), digest), ciphertext }
}

/** Whether a header was made for this label by somebody who knew r. Public values only. */
export function verifySealed(header: Uint8Array, label: Uint8Array): boolean {
  const [u, uBar] = [parseElement(header.slice(0, 32)), parseElement(header.slice(32, 64))]
  const [e, f] = [parseScalar(header.slice(64, 96)), parseScalar(header.slice(96, 128))]
  if (header.length !== headerSize || u === null || uBar === null || e === null || f === null) return false

  const w = timesPublic(Point.BASE, f).subtract(timesPublic(u, e))
  const wBar = timesPublic(second, f).subtract(timesPublic(uBar, e))
  return challenge(label, header.slice(128), [u.toBytes(), uBar.toBytes(), w.toBytes(), wBar.toBytes()]) === e
}

/** Opens with the point that a quorum's shares combine to; `null` when point, label or ciphertext is another one. */
export function open(point: Element, header: Uint8Array, label: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  if (header.length !== headerSize || !equal(sha256(ciphertext), header.slice(128))) return null
  try {
    return xchacha20poly1305(keyOf(point, header.slice(0, 32), header.slice(32, 64)), onceOnly, label).decrypt(ciphertext)
  } catch {
    return null // The library throws when the tag differs.
  }
}

export function packageLabel(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, field: 1 | 2): Uint8Array {
  return concat(ascii("wetoo/v1/package"), deployment, pseudonym, filingId, Uint8Array.of(field))
}

export function seedLabel(deployment: Uint8Array, pseudonym: Uint8Array, filingId: Uint8Array, slip: number, rung: number): Uint8Array {
  return concat(ascii("wetoo/v1/seed"), deployment, pseudonym, filingId, Uint8Array.of(slip, rung))
}
