import { concat } from "./bytes.js"

export interface ZipEntry {
  /** ASCII. */
  readonly name: string
  readonly bytes: Uint8Array
}

const day_dos = 0x21 // 1980-01-01, the first day that the format knows: the file says nothing of when it was made.

/** A ZIP archive with its files as they are. PKWARE APPNOTE 6.3, stored; below 4 GiB. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const listed: Uint8Array[] = []
  let at = 0
  for (const { name, bytes } of entries) {
    const title = new TextEncoder().encode(name)
    const common = [...le(20, 2), ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(day_dos, 2), ...le(crc32(bytes), 4), ...le(bytes.length, 4), ...le(bytes.length, 4), ...le(title.length, 2), ...le(0, 2)]
    const local = concat(Uint8Array.from([0x50, 0x4b, 3, 4, ...common]), title, bytes)
    listed.push(concat(Uint8Array.from([0x50, 0x4b, 1, 2, ...le(20, 2), ...common, ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(0, 4), ...le(at, 4)]), title))
    parts.push(local)
    at += local.length
  }
  const list = concat(...listed)
  const end = Uint8Array.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...le(entries.length, 2), ...le(entries.length, 2), ...le(list.length, 4), ...le(at, 4), 0, 0])
  return concat(...parts, list, end)
}

function le(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255)
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (table[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}
