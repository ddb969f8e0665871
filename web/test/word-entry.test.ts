import assert from "node:assert/strict"
import { test } from "node:test"
import { wordlist } from "@scure/bip39/wordlists/english.js"
import { complete, wordsIn } from "../vault/word-entry.js"

test("four letters of any word of the list are enough to know it", () => {
  for (const word of wordlist) assert.equal(complete(word.slice(0, 4)), word)
})

test("capitals, spaces and a number before a word do not matter", () => {
  assert.equal(complete("  3. ABANdon "), "abandon")
})

test("a word that is not on the list stays as it was typed", () => {
  assert.equal(complete("qwertz"), "qwertz")
  assert.equal(complete("ab"), "ab")
})

test("a pasted receipt is taken apart, with numbers or without", () => {
  assert.deepEqual(wordsIn("1. abandon 2. ability\n3) able, about"), ["abandon", "ability", "able", "about"])
})

test("words of other languages keep their accents, and are not turned into English ones", () => {
  assert.deepEqual(wordsIn("déplacer, chapitre moño"), ["déplacer", "chapitre", "moño"])
  assert.equal(complete("chapitre"), "chapitre")
})
