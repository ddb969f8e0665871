import { concat } from "./bytes.js"

/**
 * Reads a message from front to back. The first value that is missing or out of range makes the reader fail for good; what is
 * read afterwards is empty or zero, so a parser reads everything and asks `done` once. WEP-1, section 1.
 */
export class Reader {
  failed = false
  #rest: Uint8Array

  constructor(message: Uint8Array) {
    this.#rest = message
  }

  /** Whether all was well and every byte has been read. */
  get done(): boolean {
    return !this.failed && this.#rest.length === 0
  }

  get left(): number {
    return this.#rest.length
  }

  bytes(count: number): Uint8Array {
    if (this.failed || count > this.#rest.length) {
      this.failed = true
      return new Uint8Array(0)
    }
    const bytes = this.#rest.slice(0, count)
    this.#rest = this.#rest.subarray(count)
    return bytes
  }

  u8(least = 0, most = 255): number {
    const value = this.bytes(1)[0] ?? 0
    this.require(value >= least && value <= most)
    return value
  }

  u32(): number {
    return this.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0)
  }

  vec32(most: number): Uint8Array {
    const length = this.u32()
    this.require(length <= most)
    return this.failed ? new Uint8Array(0) : this.bytes(length)
  }

  require(holds: boolean): void {
    if (!holds) this.failed = true
  }
}

export function u8(value: number): Uint8Array {
  return Uint8Array.of(value)
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 255)
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}

export function u64(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * (7 - i))) & 255n))
}

export function vec32(bytes: Uint8Array): Uint8Array {
  return concat(u32(bytes.length), bytes)
}
