import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { test } from "node:test"
import { ascii, fromHex, toHex } from "../core/bytes.js"
import { ageKeysOf } from "../core/evidence.js"
import { datedForm } from "../core/record.js"
import { keysOf, parseReceipt, wordsOf } from "../core/receipt.js"
import { publicKey, sign } from "../core/signing.js"
import { sealedAccount } from "./evidence-cases.js"
import { readVectors } from "./vectors.js"

interface Written {
  readonly receipt: string
  readonly deployment: string
  readonly signer: string
  readonly age_identity: string
  readonly list: string
  readonly signature: string
  readonly account: object
  readonly dated: string
}

const strange = "\u0000\u001f\u007f\u2028\ufeff\u00e9 <a href='x'>&+`\"\\/\b\f\n\r\t 😶 بقي"

function write(): Written {
  const [receipt, deployment, list] = [new Uint8Array(13).fill(7), new Uint8Array(16).fill(8), `${"00".repeat(32)}  account.json\n`]
  const account = { ...sealedAccount, text: strange, [strange]: [1, true, null, { key: "gone", kept: "" }, []] }
  const { signerSeed } = keysOf(receipt, deployment)
  return {
    receipt: wordsOf(receipt).join(" "), deployment: toHex(deployment), signer: toHex(publicKey(signerSeed)), age_identity: ageKeysOf(signerSeed).identity,
    list, signature: toHex(sign("manifest", ascii(list), signerSeed)), account, dated: datedForm(account),
  }
}

if (process.env["WETOO_WRITE_VECTORS"] !== undefined) writeFileSync("../spec/vectors/evidence.json", `${JSON.stringify(write(), null, 2)}\n`)

test("the signer of a receipt, its signature of a list and the dated form of an account are those of the vectors", () => {
  const vectors = readVectors("evidence.json") as Written
  const receipt = parseReceipt(vectors.receipt) ?? assert.fail("no receipt")
  const { signerSeed } = keysOf(receipt, fromHex(vectors.deployment, 16) ?? assert.fail("no deployment"))
  assert.equal(toHex(publicKey(signerSeed)), vectors.signer)
  assert.equal(ageKeysOf(signerSeed).identity, vectors.age_identity)
  assert.equal(toHex(sign("manifest", ascii(vectors.list), signerSeed)), vectors.signature)
  assert.equal(datedForm(vectors.account), vectors.dated)
  for (const name of ["addenda_key", "pseudonym", "AGE-SECRET-KEY", "view", "gone"]) assert.ok(!vectors.dated.includes(name), name)
})
