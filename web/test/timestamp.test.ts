import assert from "node:assert/strict"
import { test } from "node:test"
import { parseToken } from "../core/timestamp.js"
import { TestAuthority } from "./test-authority.js"

const text = "log.example\n7\nq\n"
const kinds = { "RSA": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"] }

for (const [name, kind] of Object.entries(kinds)) {
  test(`a token of OpenSSL with ${name} says when, and who, of its text alone`, () => {
    const authority = new TestAuthority(kind)
    for (const hash of ["sha256", "sha512"]) {
      const token = authority.stamp(text, hash)
      const read = parseToken(token, text) ?? assert.fail("it does not hold")
      assert.equal(read.authority, "Clock of Tests")
      assert.ok(Math.abs(read.at_s - Date.now() / 1000) < 300)
      assert.equal(parseToken(token, `${text}\n`), null)
    }
    authority.close()
  })
}

test("no altered byte of a token goes unnoticed where it says when, of what or by whom", (t) => {
  const authority = new TestAuthority()
  const token = authority.stamp(text)
  const whole = parseToken(token, text)
  let kept = 0
  token.forEach((_, at) => {
    const altered = token.slice()
    altered[at] = (altered[at] ?? 0) ^ 1
    const read = parseToken(altered, text)
    if (read !== null) {
      assert.deepEqual(read, whole)
      kept += 1
    }
    assert.equal(parseToken(token.slice(0, at), text), null)
  })
  t.diagnostic(`${kept} of ${token.length} bytes say nothing`)
  authority.close()
})
