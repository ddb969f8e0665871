import { concat, equal } from "./bytes.js"

export interface ZipEntry {
  /** ASCII. */
  readonly name: string
  readonly bytes: Uint8Array
}

const day_dos = 0x21 // 1980-01-01, the first day that the format knows: the file says nothing of when it was made.
const headSize = 30
const longestName = 100

/** A ZIP archive with its files as they are. PKWARE APPNOTE 6.3, stored; below 4 GiB. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const writer = new ZipWriter()
  const parts = entries.flatMap(({ name, bytes }) => [writer.head(name, bytes.length, crcOf(bytes)), bytes])
  return concat(...parts, writer.end())
}

/** Writes what stands between the files of an archive. Their own bytes are somewhere else, so that they need no memory. */
export class ZipWriter {
  readonly #listed: Uint8Array[] = []
  #at = 0

  /** What stands before a file. */
  head(name: string, size: number, crc: number): Uint8Array {
    const title = new TextEncoder().encode(name)
    const common = [...le(20, 2), ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(day_dos, 2), ...le(crc, 4), ...le(size, 4), ...le(size, 4), ...le(title.length, 2), ...le(0, 2)]
    this.#listed.push(concat(Uint8Array.from([0x50, 0x4b, 1, 2, ...le(20, 2), ...common, ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(0, 4), ...le(this.#at, 4)]), title))
    this.#at += headSize + title.length + size
    return concat(Uint8Array.from([0x50, 0x4b, 3, 4, ...common]), title)
  }

  /** What stands after the last. */
  end(): Uint8Array {
    const list = concat(...this.#listed)
    const count = this.#listed.length
    return concat(list, Uint8Array.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...le(count, 2), ...le(count, 2), ...le(list.length, 4), ...le(this.#at, 4), 0, 0]))
  }
}

/** Bytes that are read a piece at a time. */
export interface Source {
  readonly size: number
  read(from: number, to: number): Promise<Uint8Array>
}

/** Takes one file. */
export interface Sink {
  push(piece: Uint8Array): void
  /** @param isRight - Whether its CRC-32 is the one that the archive states. */
  end(isRight: boolean): void
}

const piece_bytes = 1024 * 1024

/**
 * Reads an archive that `ZipWriter` wrote, in a stretch of memory that does not grow with it.
 *
 * @param open - Is told of each file; gives what takes its bytes, or null when such a file must not be there.
 * @returns Whether every byte between the files is as `ZipWriter` writes it. What the sinks were given may be used only then.
 */
export async function readZip(source: Source, open: (name: string, size: number) => Sink | null): Promise<boolean> {
  const writer = new ZipWriter()
  let at = 0
  for (;;) {
    const head = await source.read(at, Math.min(source.size, at + headSize + longestName))
    const [crc, size, titleSize] = [number(head, 14, 4), number(head, 18, 4), number(head, 26, 2)]
    if (head.length < headSize || number(head, 0, 4) !== 0x04034b50 || titleSize > longestName || at + headSize + titleSize + size > source.size) break

    const name = new TextDecoder().decode(head.slice(headSize, headSize + titleSize))
    const sink = open(name, size)
    if (sink === null || !equal(head.slice(0, headSize + titleSize), writer.head(name, size, crc))) return false
    at += headSize + titleSize
    const sum = new Crc32()
    for (const end = at + size; at < end;) {
      const piece = await source.read(at, Math.min(end, at + piece_bytes))
      if (piece.length === 0) return false
      sum.push(piece)
      sink.push(piece)
      at += piece.length
    }
    sink.end(sum.value === crc)
  }
  const end = writer.end()
  return at > 0 && source.size - at === end.length && equal(await source.read(at, source.size), end)
}

/** CRC-32 of bytes that come in pieces. */
export class Crc32 {
  #sum = 0xffffffff

  push(bytes: Uint8Array): void {
    let sum = this.#sum
    for (let i = 0; i < bytes.length; i += 1) sum = (table[(sum ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (sum >>> 8)
    this.#sum = sum
  }

  get value(): number {
    return (this.#sum ^ 0xffffffff) >>> 0
  }
}

export function crcOf(bytes: Uint8Array): number {
  const sum = new Crc32()
  sum.push(bytes)
  return sum.value
}

function le(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255)
}

function number(bytes: Uint8Array, at: number, size: number): number {
  return Array.from({ length: size }, (_, i) => (bytes[at + i] ?? 0) * 256 ** i).reduce((sum, part) => sum + part, 0)
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})
