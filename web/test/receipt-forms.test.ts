import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { wordlist as french } from "@scure/bip39/wordlists/french.js"
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js"
import { halvesOf, joinHalves } from "../core/halves.js"
import { digitsOf, newReceipt, parseDigits, parseReceipt, receiptWords, wordsOf } from "../core/receipt.js"

const random = (size: number) => new Uint8Array(randomBytes(size))
const receipt = newReceipt(random)
const lists = [receiptWords, french, spanish]

test("the lists are those of the specification", () => {
  for (const [name, list] of [["english", receiptWords], ["french", french], ["spanish", spanish]] as const) {
    assert.deepEqual(list.map((word) => word.normalize("NFC")), readFileSync(`../spec/wordlists/bip39-${name}.txt`, "utf8").trim().split("\n"))
  }
})

test("words of any language bring the receipt back, also without accents and by four letters", () => {
  for (const list of lists) {
    const words = wordsOf(receipt, list)
    const bare = words.map((word) => word.normalize("NFD").replace(/\p{M}/gu, ""))
    for (const typed of [words, bare, bare.map((word) => [...word].slice(0, 4).join("").toUpperCase())]) {
      assert.deepEqual(parseReceipt(typed.join(" "), lists), receipt, typed.join(" "))
    }
  }
})

test("digits bring the receipt back in Arabic writing too, and with any signs between", () => {
  const digits = digitsOf(receipt)
  assert.match(digits, /^\d{4}( \d{4}){8}$/)
  const arabic = digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))
  for (const typed of [digits, digits.replaceAll(" ", ""), digits.replaceAll(" ", "-"), arabic]) assert.deepEqual(parseReceipt(typed, lists), receipt, typed)
})

test("no single wrong digit and no two that changed places are taken", () => {
  const digits = digitsOf(receipt).replaceAll(" ", "")
  for (let i = 0; i < digits.length; i++) {
    for (const other of "0123456789") {
      if (other !== digits[i]) assert.equal(parseDigits(digits.slice(0, i) + other + digits.slice(i + 1)), null)
    }
    for (let j = i + 1; j < digits.length; j++) {
      const swapped = [...digits]
      ;[swapped[i], swapped[j]] = [digits[j] ?? "", digits[i] ?? ""]
      if (digits[i] !== digits[j]) assert.equal(parseDigits(swapped.join("")), null)
    }
  }
})

test("two halves give the receipt in either order, and the same half twice gives none", () => {
  for (let i = 0; i < 200; i++) {
    const [one, two] = halvesOf(receipt, receiptWords, random).map((half) => half.join(" ")) as [string, string]
    assert.deepEqual(joinHalves(one, two, lists), receipt)
    assert.deepEqual(joinHalves(two, one, lists), receipt)
    assert.equal(joinHalves(one, one, lists), null)
    assert.equal(joinHalves(one, wordsOf(receipt).slice(1).join(" "), lists), null)
  }
})

test("one half fits every receipt: it says nothing about which", () => {
  const [one] = halvesOf(receipt, receiptWords, random)
  const other = newReceipt(random)
  // For any other receipt there is a second half that makes it of the same first half.
  const first = parseHalf(one)
  const matching = halvesOf(other, receiptWords, () => first)
  assert.deepEqual(matching[0], one)
  assert.deepEqual(joinHalves(one.join(" "), matching[1].join(" "), lists), other)

  const opened = Array.from({ length: 300 }, () => halvesOf(receipt, receiptWords, random)).flat()
    .filter((half) => Buffer.from(parseReceipt(half.join(" "), lists) ?? []).equals(Buffer.from(receipt)))
  assert.equal(opened.length, 0)
})

function parseHalf(words: readonly string[]): Uint8Array {
  const bits = words.reduce((sum, word) => (sum << 11n) | BigInt(receiptWords.indexOf(word)), 0n) >> 6n
  return Uint8Array.from({ length: 13 }, (_, i) => Number((bits >> BigInt(8 * (12 - i))) & 255n))
}
