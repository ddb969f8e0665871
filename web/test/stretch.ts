import { argon2id } from "hash-wasm"

/** Argon2id as the pages' worker does it. */
export function stretch(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return argon2id({ password, salt, iterations: 3, memorySize: 65_536, parallelism: 1, hashLength: 32, outputType: "binary" })
}
