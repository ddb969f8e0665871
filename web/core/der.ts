/** One value of ASN.1 in DER (X.690). */
export interface Der {
  readonly tag: number
  readonly body: Uint8Array
  /** With its tag and length. */
  readonly whole: Uint8Array
}

/** Reads values that stand one after the other; `null` when the last is cut off, or a length is written in another way than the shortest. */
export function readDer(bytes: Uint8Array): Der[] | null {
  const values: Der[] = []
  for (let at = 0; at < bytes.length;) {
    const [tag = 0, first = 0] = bytes.slice(at, at + 2)
    const more = first > 127 ? first - 128 : 0
    const length = more === 0 ? first : bytes.slice(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
    const [from, to] = [at + 2 + more, at + 2 + more + length]
    const isShortest = more === 0 ? first < 128 : more < 5 && length > 127 && (bytes[at + 2] ?? 0) > 0
    if ((tag & 31) === 31 || !isShortest || from > bytes.length || to > bytes.length) return null
    values.push({ tag, body: bytes.slice(from, to), whole: bytes.slice(at, to) })
    at = to
  }
  return values
}

/** The values inside of one; none when it holds none that can be read. */
export function inside(value: Der | undefined): readonly Der[] {
  return value === undefined ? [] : readDer(value.body) ?? []
}

/** An object identifier with dots; empty when it is none. */
export function oidOf(value: Der | undefined): string {
  if (value?.tag !== 6) return ""
  const numbers: number[] = []
  let sum = 0
  for (const byte of value.body) {
    sum = sum * 128 + (byte & 127)
    if (byte < 128) {
      numbers.push(sum)
      sum = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...rest].join(".")
}
