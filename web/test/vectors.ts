import { readFileSync } from "node:fs"
import { sha512 } from "@noble/hashes/sha2.js"
import { ascii, concat, type Random } from "../core/bytes.js"
import { u32 } from "../core/wire.js"

/** Reads `spec/vectors/{name}`, which the C# tests read too. Tests run from `web/`. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(`../spec/vectors/${name}`, "utf8"))
}

/** SHA-512(seed ‖ u32 i) for i = 0, 1, …: random bytes that come out the same each time. */
export function stream(seed: string): Random {
  let [rest, counter] = [new Uint8Array(0), 0]
  return (size) => {
    while (rest.length < size) rest = new Uint8Array(concat(rest, sha512(concat(ascii(seed), u32(counter++)))))
    const taken = rest.slice(0, size)
    rest = rest.slice(size)
    return taken
  }
}

/** All ways to choose `size` of 1..count. */
export function subsets(count: number, size: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, set) => Array.from({ length: count }, (_, i) => i + 1).filter((i) => (set >> (i - 1)) & 1))
    .filter((chosen) => chosen.length === size)
}
