import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { fromBase64 } from "../core/bytes.js"
import { verifyInclusion } from "../core/merkle.js"

interface Case { readonly file: string, readonly leafIdx: string, readonly treeSize: string, readonly root: string | null, readonly leafHash: string | null, readonly proof: readonly string[] | null, readonly wantErr: boolean }

/** Sizes go up to 2⁶⁴, which numbers of JavaScript do not hold. */
const text = readFileSync("../spec/vectors/merkle-rfc6962.json", "utf8").replace(/"(leafIdx|treeSize|size1|size2)": ?(-?\d+)/g, '"$1": "$2"')
const { inclusion } = JSON.parse(text) as { inclusion: readonly Case[] }

test("a leaf is in a tree or not, as others' vectors say", () => {
  assert.equal(inclusion.length, 98)
  for (const one of inclusion) {
    const bytes = (base64: string | null) => fromBase64(base64 ?? "") ?? assert.fail(one.file)
    const size = (number: string) => BigInt.asUintN(64, BigInt(number))
    const holds = verifyInclusion(size(one.leafIdx), size(one.treeSize), bytes(one.leafHash), (one.proof ?? []).map(bytes), bytes(one.root))
    assert.equal(holds, !one.wantErr, one.file)
  }
})
