import assert from "node:assert/strict"
import { test } from "node:test"
import { fromHex, toHex } from "../core/bytes.js"
import { prove, verifyProof } from "../core/dleq.js"
import { Fn, parseElement, parseScalar, Point, randomScalar } from "../core/group.js"
import { blind, finalize, unblind } from "../core/oprf.js"
import { combine } from "../core/quorum.js"
import { readVectors, stream, subsets } from "./vectors.js"

interface Suite {
  mode: number
  skSm: string
  vectors: { Blind: string, BlindedElement: string, EvaluationElement: string, Input: string, Output: string, Proof?: { proof: string, r: string } }[]
}

const suites = readVectors("oprf-rfc9497.json") as Suite[]
const bytes = (hex: string) => fromHex(hex, hex.length / 2) ?? assert.fail()
const scalar = (hex: string) => parseScalar(bytes(hex)) ?? assert.fail()
const elements = (list: string) => list.split(",").map((hex) => parseElement(bytes(hex)) ?? assert.fail())
const suite = (mode: number) => suites.find((one) => one.mode === mode) ?? assert.fail()

for (const [quorum, count] of [[2, 3], [3, 5]] as const) {
  test(`every ${quorum} of ${count} keepers give the outputs of RFC 9497`, () => {
    const random = stream(`shares ${quorum} of ${count}`)
    const key = scalar(suite(0).skSm)
    const polynomial = [key, ...Array.from({ length: quorum - 1 }, () => randomScalar(random))]
    const share = (i: number) => polynomial.reduceRight((sum, a) => Fn.add(Fn.mul(sum, BigInt(i)), a), 0n)
    for (const vector of suite(0).vectors) {
      const [input, r] = [bytes(vector.Input), scalar(vector.Blind)]
      const blinded = blind(input, r)
      assert.equal(toHex(blinded.toBytes()), vector.BlindedElement)
      for (const chosen of subsets(count, quorum)) {
        const evaluated = combine(chosen.map((i) => ({ keeperIndex: i, element: blinded.multiply(share(i)) }))) ?? assert.fail()
        assert.equal(toHex(evaluated.toBytes()), vector.EvaluationElement)
        assert.equal(toHex(finalize(input, unblind(r, evaluated))), vector.Output)
      }
      for (const few of subsets(count, quorum - 1)) {
        const wrong = combine(few.map((i) => ({ keeperIndex: i, element: blinded.multiply(share(i)) }))) ?? assert.fail()
        assert.notEqual(toHex(wrong.toBytes()), vector.EvaluationElement)
      }
    }
  })
}

test("proofs are those of RFC 9497, and hold for their elements in their order only", () => {
  const context = "OPRFV1-\x01-ristretto255-SHA512"
  const key = scalar(suite(1).skSm)
  const kG = Point.BASE.multiply(key)
  for (const vector of suite(1).vectors) {
    const [c, d] = [elements(vector.BlindedElement), elements(vector.EvaluationElement)]
    const proof = prove(context, key, kG, c, d, scalar(vector.Proof?.r ?? ""))
    assert.equal(toHex(proof), vector.Proof?.proof)
    assert.ok(verifyProof(context, kG, c, d, proof))
    assert.ok(!verifyProof("wetoo/v1/dleq/drop", kG, c, d, proof))
    if (c.length > 1) assert.ok(!verifyProof(context, kG, [...c].reverse(), [...d].reverse(), proof))
    for (let at = 0; at < 64; at += 7) assert.ok(!verifyProof(context, kG, c, d, proof.map((byte, i) => (i === at ? byte ^ 1 : byte))))
  }
})

test("the same keeper twice, nobody, and an index out of range are no quorum", () => {
  const element = Point.BASE
  assert.equal(combine([]), null)
  assert.equal(combine([{ keeperIndex: 1, element }, { keeperIndex: 1, element }]), null)
  assert.equal(combine([{ keeperIndex: 0, element }]), null)
  assert.equal(combine([{ keeperIndex: 256, element }]), null)
})
