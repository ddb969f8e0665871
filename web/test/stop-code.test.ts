import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { test } from "node:test"
import { newReceipt, keysOf } from "../core/receipt.js"
import { newStopCode, openStops, parseStopCode, stopBoxCount, stopBoxSize, stopKeysOf, stopPutOf, textOfStopCode } from "../core/stop-code.js"
import { stretch } from "./stretch.js"

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const random = (size: number) => new Uint8Array(randomBytes(size))
const code = newStopCode(random)
const text = textOfStopCode(code)

test("a stop code is three groups of four, and reads back however it was typed", () => {
  assert.match(text, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  for (const typed of [text, text.toLowerCase(), text.replaceAll("-", " "), ` ${text.replaceAll("-", "")} `, text.replaceAll("0", "o").replaceAll("1", "l")]) {
    assert.deepEqual(parseStopCode(typed), code, typed)
  }
})

test("no single wrong symbol and no two that changed places are taken for a stop code", () => {
  const plain = text.replaceAll("-", "")
  for (let i = 0; i < plain.length; i++) {
    for (const other of alphabet) {
      const changed = plain.slice(0, i) + other + plain.slice(i + 1)
      assert.equal(parseStopCode(changed) === null, changed !== plain, changed)
    }
    for (let j = i + 1; j < plain.length; j++) {
      const swapped = [...plain]
      ;[swapped[i], swapped[j]] = [plain[j] ?? "", plain[i] ?? ""]
      assert.equal(parseStopCode(swapped.join("")) === null, plain[i] !== plain[j])
    }
  }
})

test("what is no stop code is refused", () => {
  for (const typed of ["", text.slice(0, -1), `${text}0`, text.replace(/.$/, "U"), "é".repeat(12)]) assert.equal(parseStopCode(typed), null, typed)
})

test("a code opens its own withdrawals among filling, in its own deployment, and no others", async () => {
  const [deployment, filingId] = [random(16), random(16)]
  const author = keysOf(newReceipt(random), deployment)
  const keys = await stopKeysOf(code, deployment, stretch)
  const put = stopPutOf(deployment, author.pseudonym, filingId, keys, 20_000, author.seed, random) ?? assert.fail()
  const answer = random(stopBoxCount * stopBoxSize)
  answer.set(put.slice(101, 101 + stopBoxSize), 2 * stopBoxSize)

  assert.deepEqual(openStops(answer, keys).map((one) => one.filingId), [filingId])
  assert.deepEqual(openStops(answer, await stopKeysOf(newStopCode(random), deployment, stretch)), [])
  assert.deepEqual(openStops(answer, await stopKeysOf(code, random(16), stretch)), [])
})
