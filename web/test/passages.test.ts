import assert from "node:assert/strict"
import { test } from "node:test"
import { makePassage, prefixOf, suffixOf } from "../core/passages.js"
import { readVectors } from "./vectors.js"

interface Case {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly is: { readonly start: number, readonly end: number, readonly prefix: string, readonly suffix: string } | null
}

test("a selection is read as the vectors say", () => {
  const { passages } = readVectors("anchors.json") as { readonly passages: readonly Case[] }
  assert.ok(passages.length > 10)
  for (const { text, start, end, quote, is } of passages) {
    const passage = makePassage(text, start, end, quote)
    assert.deepEqual(passage, is && { start: is.start, end: is.end }, quote)
    if (passage && is) assert.deepEqual([prefixOf(text, passage), suffixOf(text, passage)], [is.prefix, is.suffix])
  }
})
