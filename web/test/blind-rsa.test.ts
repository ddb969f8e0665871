import assert from "node:assert/strict"
import { test } from "node:test"
import { blindRsa, finalizeRsa, parseSpki, power, prepare, toBytes, toNumber, verifyPss } from "../core/blind-rsa.js"
import { fromHex, toHex } from "../core/bytes.js"
import { readVectors } from "./vectors.js"

const vectors = readVectors("blind-rsa-rfc9474.json") as Record<string, string>[]
const vector = vectors.find((one) => one["name"] === "RSABSSA-SHA384-PSS-Randomized") ?? assert.fail()
const bytes = (name: string) => fromHex(vector[name], (vector[name] ?? "").length / 2) ?? assert.fail(name)
const number = (name: string) => BigInt(vector[name] ?? "")
const key = { n: number("n"), e: number("e"), size: Math.ceil(number("n").toString(2).length / 8) }

test("blinding, signing and finalizing give the values of RFC 9474", () => {
  const prepared = prepare(bytes("msg"), () => bytes("msg_prefix"))
  assert.equal(toHex(prepared), vector["input_msg"])

  // The vector gives r⁻¹; r is its inverse modulo n, by Euler's theorem.
  const totient = (number("p") - 1n) * (number("q") - 1n)
  const draws = [bytes("salt"), toBytes(power(number("inv"), totient - 1n, key.n), key.size)]
  const blinding = blindRsa(key, prepared, () => draws.shift() ?? assert.fail()) ?? assert.fail()
  assert.equal(toHex(blinding.blinded), vector["blinded_msg"])
  assert.equal(blinding.inverse, number("inv"))

  const blindSignature = toBytes(power(toNumber(blinding.blinded), number("d"), key.n), key.size)
  assert.equal(toHex(blindSignature), vector["blind_sig"])
  assert.equal(toHex(finalizeRsa(key, prepared, blindSignature, blinding.inverse) ?? assert.fail()), vector["sig"])
})

test("a signature holds for its message and for nothing else", () => {
  assert.ok(verifyPss(key, bytes("input_msg"), bytes("sig")))
  assert.ok(!verifyPss(key, bytes("msg"), bytes("sig")))
  assert.ok(!verifyPss(key, bytes("input_msg"), bytes("sig").map((byte, i) => (i === 9 ? byte ^ 1 : byte))))
  assert.ok(!verifyPss(key, bytes("input_msg"), toBytes(key.n, key.size)))
  assert.ok(!verifyPss(key, bytes("input_msg"), new Uint8Array(3)))
  assert.equal(finalizeRsa(key, bytes("input_msg"), bytes("sig"), number("inv")), null)
})

test("what is no key is none", () => {
  for (const der of [new Uint8Array(0), Uint8Array.of(0x30, 0x80), Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05)]) assert.equal(parseSpki(der), null)
})
