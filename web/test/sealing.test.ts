import assert from "node:assert/strict"
import { test } from "node:test"
import { ristretto255_hasher } from "@noble/curves/ed25519.js"
import { ascii, concat, fromHex, toHex } from "../core/bytes.js"
import { Fn, hashToGroup, parseElement, Point, randomScalar, type Element } from "../core/group.js"
import { encryptForMix, mixBinding, verifyMix } from "../core/mix.js"
import { combine } from "../core/quorum.js"
import { headerSize, open, packageLabel, seal, seedLabel, verifySealed } from "../core/tdh2.js"
import { readVectors, stream, subsets } from "./vectors.js"

const random = stream("sealing tests")
const key = randomScalar(random)
const z = Point.BASE.multiply(key)
const label = packageLabel(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16), 1)
const bytes = (hex: string) => fromHex(hex, hex.length / 2) ?? assert.fail()
const flipped = (original: Uint8Array, at: number) => original.map((byte, i) => (i === at ? byte ^ 1 : byte))
const u = (header: Uint8Array): Element => parseElement(header.slice(0, 32)) ?? assert.fail()

for (const [quorum, count] of [[2, 3], [3, 5]] as const) {
  test(`every ${quorum} of ${count} keepers open, and one less do not`, () => {
    const polynomial = [key, ...Array.from({ length: quorum - 1 }, () => randomScalar(random))]
    const share = (i: number) => polynomial.reduceRight((sum, a) => Fn.add(Fn.mul(sum, BigInt(i)), a), 0n)
    const { header, ciphertext } = seal(z, label, ascii("what happened"), random)
    const opened = (keepers: number[]) => open(combine(keepers.map((i) => ({ keeperIndex: i, element: u(header).multiply(share(i)) }))) ?? assert.fail(), header, label, ciphertext)

    for (const chosen of subsets(count, quorum)) assert.deepEqual(opened(chosen), ascii("what happened"))
    for (const few of subsets(count, quorum - 1)) assert.equal(opened(few), null)
  })
}

test("a header or a ciphertext with any byte changed is refused", () => {
  const { header, ciphertext } = seal(z, label, ascii("a text"), random)
  const point = u(header).multiply(key)
  assert.ok(verifySealed(header, label))

  for (let at = 0; at < headerSize; at++) assert.equal(verifySealed(flipped(header, at), label), false)
  for (let at = 0; at < ciphertext.length; at++) assert.equal(open(point, header, label, flipped(ciphertext, at)), null)
  assert.equal(verifySealed(header.slice(1), label), false)
  assert.equal(open(point, header, label, ciphertext.slice(1)), null)
})

test("what was sealed under one label is refused under every other", () => {
  const { header, ciphertext } = seal(z, label, ascii("a text"), random)
  const others = [
    new Uint8Array(0),
    packageLabel(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16), 2),
    packageLabel(new Uint8Array(16), new Uint8Array(32).fill(1), new Uint8Array(16), 1),
    seedLabel(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16), 0, 1),
    concat(label, Uint8Array.of(0)),
  ]
  for (const other of others) {
    assert.equal(verifySealed(header, other), false)
    assert.equal(open(u(header).multiply(key), header, other, ciphertext), null)
  }
})

test("an encryption for the mix is bound to its slip and to every byte", () => {
  const n = hashToGroup(ascii("n"), "tests")
  const binding = mixBinding(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16), 2)
  const mix = encryptForMix(n, z, binding, random)
  const [c1, c2] = [u(mix), parseElement(mix.slice(32, 64)) ?? assert.fail()]

  assert.ok(verifyMix(mix, binding))
  assert.ok(c1.multiply(key).add(n).equals(c2))
  assert.equal(verifyMix(mix, mixBinding(new Uint8Array(16), new Uint8Array(32), new Uint8Array(16), 1)), false)
  for (let at = 0; at < mix.length; at++) assert.equal(verifyMix(flipped(mix, at), binding), false)
})

interface Rfc9496 {
  multiples_of_the_generator: string[]
  refused: { encoding: string, why: string }[]
  from_uniform_bytes: { input: string, output: string }[]
}

test("the group is that of RFC 9496", () => {
  const vectors = readVectors("ristretto255-rfc9496.json") as Rfc9496
  vectors.multiples_of_the_generator.forEach((hex, i) => assert.equal(toHex(Point.BASE.multiply(BigInt(i + 1)).toBytes()), hex))
  for (const { encoding, why } of vectors.refused) assert.equal(parseElement(bytes(encoding)), null, why)
  for (const { input, output } of vectors.from_uniform_bytes) {
    assert.equal(toHex((ristretto255_hasher.deriveToCurve ?? assert.fail())(bytes(input)).toBytes()), output)
  }
  assert.equal(parseElement(new Uint8Array(32)), null)
})
