import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { argon2id as noble } from "@noble/hashes/argon2.js"
import { argon2id as wasm } from "hash-wasm"
import { fromHex, toHex } from "../core/bytes.js"
import { identifierKey } from "../core/identifier-key.js"
import { fromCanonical } from "../core/identifiers.js"

interface Vectors {
  readonly rfc9106: { readonly memory_kib: number; readonly passes: number; readonly lanes: number } & Readonly<Record<"password" | "salt" | "secret" | "associated" | "tag", string>>
  readonly keys: readonly { readonly canonical: string; readonly deployment: string; readonly x: string }[]
}

const { rfc9106, keys } = JSON.parse(readFileSync(new URL("../../../spec/vectors/argon2id.json", import.meta.url), "utf8")) as Vectors

test("the second implementation gives the vector of RFC 9106", () => {
  const [password, salt, key, personalization] = [rfc9106.password, rfc9106.salt, rfc9106.secret, rfc9106.associated].map((hex) => bytes(hex, hex.length / 2))
  assert.ok(password !== undefined && salt !== undefined && key !== undefined && personalization !== undefined)
  const tag = noble(password, salt, { t: rfc9106.passes, m: rfc9106.memory_kib, p: rfc9106.lanes, key, personalization, dkLen: 32 })
  assert.equal(toHex(tag), rfc9106.tag)
})

test("an identifier gives the x that the vectors say", async () => {
  for (const { canonical, deployment, x } of keys) assert.equal(await keyBy(canonical, deployment, byWasm), x, canonical)
})

test("both implementations give the same x", async () => {
  for (const { canonical, deployment, x } of keys.slice(0, 3)) assert.equal(await keyBy(canonical, deployment, byNoble), x, canonical)
})

async function keyBy(canonical: string, deployment: string, stretch: typeof byWasm): Promise<string> {
  const identifier = await fromCanonical(canonical)
  assert.ok(identifier !== null)
  return toHex(await identifierKey(identifier, bytes(deployment, 16), stretch))
}

function byWasm(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return wasm({ password, salt, iterations: 3, memorySize: 65_536, parallelism: 1, hashLength: 32, outputType: "binary" })
}

async function byNoble(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return noble(password, salt, { t: 3, m: 65_536, p: 1, dkLen: 32 })
}

function bytes(hex: string, size: number): Uint8Array {
  const read = fromHex(hex, size)
  assert.ok(read !== null)
  return read
}
