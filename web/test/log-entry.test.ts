import assert from "node:assert/strict"
import { test } from "node:test"
import { fromHex, toHex } from "../core/bytes.js"
import { entryOf, saltFor, type EntryKind } from "../core/log-entry.js"
import { leafHash } from "../core/merkle.js"
import { readVectors } from "./vectors.js"

interface Case { readonly kind: EntryKind, readonly salt_of: string, readonly salt: string, readonly thing: string, readonly entry: string, readonly leaf_hash: string }

const vectors = readVectors("log-entries.json") as { readonly box_key: string, readonly cases: readonly Case[] }

function hex(text: string): Uint8Array {
  return fromHex(text, text.length / 2) ?? assert.fail(text)
}

test("salts, entries and leaves are those of the vectors", () => {
  for (const one of vectors.cases) {
    const [salt, thing] = [hex(one.salt), hex(one.thing)]
    if (one.salt_of === "author") assert.equal(toHex(saltFor(hex(vectors.box_key), one.kind, thing)), one.salt)
    assert.equal(toHex(entryOf(one.kind, salt, thing)), one.entry)
    assert.equal(toHex(leafHash(hex(one.entry))), one.leaf_hash)
  }
})
