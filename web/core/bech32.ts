const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
const checksumLength = 6
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/**
 * Reads Bech32 of BIP-173, without its limit of 90 characters, as age uses it. `null` when the prefix, a character, the case or the
 * checksum is wrong. Not constant-time: for public keys.
 */
export function fromBech32(prefix: string, text: string): Uint8Array | null {
  const lower = text.toLowerCase()
  if ((text !== lower && text !== text.toUpperCase()) || !lower.startsWith(`${prefix}1`)) return null
  const values = Array.from(lower.slice(prefix.length + 1), (c) => alphabet.indexOf(c))
  if (values.length < checksumLength || values.includes(-1) || checksum([...expand(prefix), ...values]) !== 1) return null
  return bytesOf(values.slice(0, -checksumLength))
}

/** Writes Bech32, in small letters. Not constant-time. */
export function toBech32(prefix: string, bytes: Uint8Array): string {
  const values: number[] = []
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    count += 8
    while (count >= 5) {
      count -= 5
      values.push((bits >> count) & 31)
    }
  }
  if (count > 0) values.push((bits << (5 - count)) & 31)
  const sum = checksum([...expand(prefix), ...values, 0, 0, 0, 0, 0, 0]) ^ 1
  const check = Array.from({ length: checksumLength }, (_, i) => (sum >> (5 * (checksumLength - 1 - i))) & 31)
  return `${prefix}1${[...values, ...check].map((value) => alphabet[value]).join("")}`
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (c) => c.charCodeAt(0))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const next = ((sum & 0x1ffffff) << 5) ^ value
    return generator.reduce((mixed, g, i) => ((sum >> (25 + i)) & 1 ? mixed ^ g : mixed), next)
  }, 1)
}

/** Groups of five bits as bytes; `null` when what is left over is more than padding. */
function bytesOf(values: readonly number[]): Uint8Array | null {
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (const value of values) {
    bits = ((bits << 5) | value) & 0xfff
    count += 5
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 255)
    }
  }
  return count < 5 && (bits & ((1 << count) - 1)) === 0 ? Uint8Array.from(bytes) : null
}
