import { sha384 } from "@noble/hashes/sha2.js"
import { concat, equal, type Random } from "./bytes.js"

const hashSize = 48
const saltSize = 48

/** An RSA public key. */
export interface RsaKey {
  readonly n: bigint
  readonly e: bigint
  /** Length of the modulus, in bytes. */
  readonly size: number
}

export function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

export function toBytes(number: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let [i, rest] = [size - 1, number]; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n)
  return bytes
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function inverse(a: bigint, n: bigint): bigint | null {
  let [t, next, remainder, nextRemainder] = [0n, 1n, n, a % n]
  while (nextRemainder !== 0n) {
    const quotient = remainder / nextRemainder
    ;[t, next] = [next, t - quotient * next]
    ;[remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder]
  }
  return remainder === 1n ? ((t % n) + n) % n : null
}

/** Reads a SubjectPublicKeyInfo of an RSA key; `null` for anything else. */
export function parseSpki(der: Uint8Array): RsaKey | null {
  const outer = children(der, 0x30)
  const bits = outer?.[1]
  if (outer?.length !== 2 || bits?.tag !== 0x03 || bits.body[0] !== 0) return null

  const numbers = children(bits.body.slice(1), 0x30)
  if (numbers?.length !== 2 || numbers.some((one) => one.tag !== 0x02)) return null
  const [n, e] = numbers.map((one) => toNumber(one.body))
  return n === undefined || e === undefined || n < 2n ** 1023n ? null : { n, e, size: Math.ceil(n.toString(2).length / 8) }
}

/** The parts of one DER sequence that is the whole input. */
function children(der: Uint8Array, tag: number): { tag: number, body: Uint8Array }[] | null {
  const whole = element(der)
  if (whole === null || whole.tag !== tag || whole.end !== der.length) return null
  const parts = []
  for (let rest = whole.body; rest.length > 0;) {
    const part = element(rest)
    if (part === null) return null
    parts.push(part)
    rest = rest.subarray(part.end)
  }
  return parts
}

function element(der: Uint8Array): { tag: number, body: Uint8Array, end: number } | null {
  const [tag, first] = [der[0], der[1]]
  if (tag === undefined || first === undefined) return null
  const lengthBytes = first < 128 ? 0 : first - 128
  if (lengthBytes > 3) return null
  const length = lengthBytes === 0 ? first : Number(toNumber(der.subarray(2, 2 + lengthBytes)))
  const end = 2 + lengthBytes + length
  return end <= der.length ? { tag, body: der.slice(2 + lengthBytes, end), end } : null
}

/** MGF1 with SHA-384. */
function mask(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / hashSize) }, (_, i) => sha384(concat(seed, toBytes(BigInt(i), 4))))
  return concat(...blocks).slice(0, length)
}

/** EMSA-PSS-ENCODE of RFC 8017, section 9.1.1, with SHA-384 and a salt of 48 bytes. */
function encodePss(message: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const size = Math.ceil(bits / 8)
  const h = sha384(concat(new Uint8Array(8), sha384(message), salt))
  const db = concat(new Uint8Array(size - salt.length - hashSize - 2), Uint8Array.of(1), salt)
  const covered = mask(h, db.length).map((byte, i) => byte ^ (db[i] ?? 0))
  covered[0] = (covered[0] ?? 0) & (0xff >> (8 * size - bits))
  return concat(covered, h, Uint8Array.of(0xbc))
}

/** RSASSA-PSS-VERIFY of RFC 8017, section 8.1.2. Public values only. */
export function verifyPss(key: RsaKey, message: Uint8Array, signature: Uint8Array): boolean {
  const number = toNumber(signature)
  if (signature.length !== key.size || number >= key.n) return false

  const bits = key.n.toString(2).length - 1
  const encoded = toBytes(power(number, key.e, key.n), Math.ceil(bits / 8))
  const h = encoded.slice(-hashSize - 1, -1)
  const covered = encoded.slice(0, -hashSize - 1)
  const db = mask(h, covered.length).map((byte, i) => byte ^ (covered[i] ?? 0))
  return equal(encodePss(message, db.slice(-saltSize), bits), encoded)
}

/** Puts 32 random bytes before a message. RFC 9474, section 4.1. */
export function prepare(message: Uint8Array, random: Random): Uint8Array {
  return concat(random(32), message)
}

/** Blinds a prepared message. RFC 9474, section 4.2. `null` with negligible probability, or for a bad key. */
export function blindRsa(key: RsaKey, prepared: Uint8Array, random: Random): { blinded: Uint8Array, inverse: bigint } | null {
  const m = toNumber(encodePss(prepared, random(saltSize), key.n.toString(2).length - 1))
  for (;;) {
    const r = toNumber(random(key.size))
    if (r <= 1n || r >= key.n) continue
    const inverted = inverse(r, key.n)
    return inverted === null ? null : { blinded: toBytes((m * power(r, key.e, key.n)) % key.n, key.size), inverse: inverted }
  }
}

/** Unblinds the registrar's answer and checks it. RFC 9474, section 4.4. `null` when it does not verify. */
export function finalizeRsa(key: RsaKey, prepared: Uint8Array, blindSignature: Uint8Array, inverted: bigint): Uint8Array | null {
  if (blindSignature.length !== key.size) return null
  const signature = toBytes((toNumber(blindSignature) * inverted) % key.n, key.size)
  return verifyPss(key, prepared, signature) ? signature : null
}
