import { sha256 } from "@noble/hashes/sha2.js"
import { AgeReader, AgeWriter, ageSize } from "./age-stream.js"
import { concat, equal, fromHex, toHex, type Random } from "./bytes.js"
import type { FileReference } from "./file-reference.js"

/** A part of a sealed file has so many bytes; the last one has what is left. */
export const partSize = 1024 * 1024

/**
 * Pads a length so that it tells little: at most 12 % more, and only O(log log L) bits of the length stay visible. Padmé: Nikitin
 * and others, "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019, algorithm 1.
 */
export function padme(size: number): number {
  if (size < 2) return size
  const exponent = Math.floor(Math.log2(size))
  const unit = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return unit <= 1 ? size : Math.ceil(size / unit) * unit
}

/** How many parts a file of so many bytes has once it is sealed. */
export function partsOf(size: number): number {
  return Math.ceil(ageSize(padme(size)) / partSize)
}

/**
 * Seals a file into parts, in a stretch of memory that does not grow with it. Zeros after the content fill it up to its padded
 * length.
 *
 * @param content - The bytes, in pieces of any length.
 */
export async function* sealInParts(content: AsyncIterable<Uint8Array>, size: number, key: string, random: Random): AsyncGenerator<Uint8Array> {
  const writer = AgeWriter.to(key, random)
  if (writer === null) return
  let waiting: Uint8Array[] = []
  let length = 0
  const add = function* (bytes: Uint8Array): Generator<Uint8Array> {
    waiting.push(bytes)
    length += bytes.length
    while (length >= partSize) {
      const whole = concat(...waiting)
      waiting = [whole.slice(partSize)]
      length -= partSize
      yield whole.slice(0, partSize)
    }
  }
  for await (const piece of content) yield* add(writer.push(piece))
  for (let left = padme(size) - size; left > 0; left -= 65_536) yield* add(writer.push(new Uint8Array(Math.min(left, 65_536))))
  yield* add(writer.finish())
  if (length > 0) yield concat(...waiting)
}

/**
 * Opens a file again.
 *
 * @param parts - In order, as they were stored.
 * @returns The pieces of the original; the last is `null` when anything differs from what was sealed: nothing of it may be used then.
 */
export async function* openParts(parts: AsyncIterable<Uint8Array>, file: FileReference): AsyncGenerator<Uint8Array | null> {
  const [reader, hash] = [new AgeReader(file.key), sha256.create()]
  let left = file.size_bytes
  const original = (plain: Uint8Array): Uint8Array | null => {
    const [own, zeros] = [plain.slice(0, left), plain.slice(left)]
    left -= own.length
    hash.update(own)
    return zeros.every((byte) => byte === 0) ? own : null
  }
  for await (const part of parts) {
    const plain = reader.push(part)
    const own = plain && original(plain)
    if (own === null) return yield null
    if (own.length > 0) yield own
  }
  const rest = reader.finish()
  const own = rest && original(rest)
  if (own === null || left > 0 || !equal(hash.digest(), fromHex(file.sha256, 32) ?? new Uint8Array(0))) return yield null
  if (own.length > 0) yield own
}

/** SHA-256 of content in pieces, in hexadecimal. */
export async function hashOf(content: AsyncIterable<Uint8Array>, each: (size: number) => void): Promise<string> {
  const hash = sha256.create()
  for await (const piece of content) {
    hash.update(piece)
    each(piece.length)
  }
  return toHex(hash.digest())
}
