import { encryptTo } from "./age.js"
import { ascii, concat, type Random } from "./bytes.js"
import { Reader, u32, u8 } from "./wire.js"

/** The sizes that sealed things have, in bytes. WEP-1, sections 6 and 11. */
export const sizeClasses = {
  contact: [4096],
  account: [16384, 65536, 262144, 1048576],
  addendum: [4096, 16384, 65536, 262144],
  box: [4096, 16384, 65536, 262144, 1048576],
} as const

/** Pads to the smallest class that holds it; `null` when none does. */
export function padTo(content: Uint8Array, classes: readonly number[]): Uint8Array | null {
  const size = classes.find((candidate) => candidate >= content.length)
  if (size === undefined) return null
  const padded = new Uint8Array(size)
  padded.set(content)
  return padded
}

/**
 * Seals a JSON value to counselors with age, and packs it for the keepers. `null` when it is longer than the largest class,
 * or there is no counselor or one whose recipient is none.
 */
export function packageFor(
  counselors: readonly { readonly recipient: string, readonly signing: Uint8Array }[], content: object, classes: readonly number[], random: Random,
): Uint8Array | null {
  const ageFile = encryptTo(counselors.map((counselor) => counselor.recipient), ascii(JSON.stringify(content)), random)
  return ageFile === null ? null : packWith(counselors.map((counselor) => counselor.signing), ageFile, classes)
}

/** u8 count ‖ signing keys ‖ u32 length ‖ age file ‖ zeros. */
export function packWith(signing: readonly Uint8Array[], ageFile: Uint8Array, classes: readonly number[]): Uint8Array | null {
  if (signing.length === 0 || signing.length > 255) return null
  return padTo(concat(u8(signing.length), ...signing, u32(ageFile.length), ageFile), classes)
}

export interface Package {
  readonly counselors: readonly Uint8Array[]
  readonly ageFile: Uint8Array
}

export function parsePackage(padded: Uint8Array): Package | null {
  const reader = new Reader(padded)
  const count = reader.u8(1)
  const counselors = Array.from({ length: count }, () => reader.bytes(32))
  const ageFile = reader.vec32(padded.length)
  reader.require(reader.bytes(reader.left).every((byte) => byte === 0))
  return reader.done ? { counselors, ageFile } : null
}
