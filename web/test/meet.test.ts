import assert from "node:assert/strict"
import { test } from "node:test"
import { toBase64, toHex } from "../core/bytes.js"
import type { Json } from "../core/json.js"
import type { Visit } from "../core/author.js"
import { markOf, meetKeyOf, meetOf, meetPutOf, othersOf, readMeet, vouchOf } from "../core/meet.js"
import { publicKey } from "../core/signing.js"
import { stream } from "./vectors.js"

const random = stream("two who meet")
const [deployment, counselor] = [random(16), random(32)]
const own = person()
const other = person()
const visit = { keyset: { deployment, counselors: [{ signing: publicKey(counselor) }] }, keys: { pseudonym: publicKey(own.seed), boxKey: own.boxKey, seed: own.seed } } as unknown as Visit
const words = { name: "Ben", how: "ben@mail.example", say: "" }

function person() {
  const [seed, boxKey, filingId] = [random(32), random(32), random(16)]
  return { seed, boxKey, filingId, mark: markOf(publicKey(seed), filingId), ...meetKeyOf(boxKey, filingId) }
}

const vouched = (of = other, by = counselor, key = of.recipient) => vouchOf(deployment, 20_000, of.mark, key, by)
const put = (by = other, to = own) => meetPutOf(deployment, 20_000, by.filingId, to, words, by.seed, random) ?? assert.fail()
const seen = (vouch: Uint8Array, given: Uint8Array | null) =>
  othersOf(visit, toHex(own.filingId), { with: [{ vouch: toBase64(vouch), given: true, put: given && toBase64(given) }] } as Json)

test("an introduction is read from whom a counselor of the roster stands by", () => {
  assert.deepEqual(seen(vouched(), put()).map((one) => one.introduction), [words])
  assert.deepEqual(seen(vouched(), null).map((one) => [one.mark, one.recipient, one.introduction]), [[other.mark, other.recipient, null]])
})

test("nobody is there for whom no counselor of the roster stands", () => {
  const altered = vouched()
  altered[100] = (altered[100] ?? 0) ^ 1
  for (const vouch of [vouched(other, random(32)), altered, vouched().slice(1), new Uint8Array(0)]) assert.deepEqual(seen(vouch, put()), [])
  assert.deepEqual(othersOf(visit, toHex(own.filingId), { with: "all" }), [])
})

test("words that the vault made up, or took from elsewhere, are told as wrong", () => {
  const stranger = person()
  const altered = put()
  altered[200] = (altered[200] ?? 0) ^ 1
  // Signed by nobody whom the counselor meant; meant for somebody else; sealed to another key; altered; of another size.
  const sealedElsewhere = meetPutOf(deployment, 20_000, other.filingId, { mark: own.mark, recipient: stranger.recipient }, words, other.seed, random) ?? assert.fail()
  for (const wrong of [put(stranger), put(other, stranger), sealedElsewhere, altered, put().slice(1)]) assert.deepEqual(seen(vouched(), wrong).map((one) => one.introduction), ["wrong"])
})

test("a counselor stands by the wish of the author of the case alone", () => {
  const wish = meetOf(deployment, 20_000, other.filingId, true, other.recipient, random(16), other.seed)
  const read = (message: Uint8Array, pseudonym = publicKey(other.seed), filing = other.filingId) => readMeet(deployment, pseudonym, filing, message)
  assert.deepEqual(read(wish), { recipient: other.recipient })
  const takenBack = meetOf(deployment, 20_000, other.filingId, false, other.recipient, random(16), other.seed)
  for (const no of [read(takenBack), read(wish, publicKey(own.seed)), read(wish, publicKey(other.seed), own.filingId), read(wish.slice(1)), readMeet(random(16), publicKey(other.seed), other.filingId, wish)]) assert.equal(no, null)
})

test("what is said has one size, and what is too long is not cut", () => {
  const sized = (say: string) => meetPutOf(deployment, 20_000, other.filingId, own, { ...words, say }, other.seed, random)?.length
  assert.deepEqual([sized(""), sized("é".repeat(900)), sized("é".repeat(1100))], [2261, 2261, undefined])
})
