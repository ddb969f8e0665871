import assert from "node:assert/strict"
import { createHash, randomBytes } from "node:crypto"
import { test } from "node:test"
import { Decrypter, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { newAgeIdentity } from "../core/age-stream.js"
import { fromBech32, toBech32 } from "../core/bech32.js"
import { concat } from "../core/bytes.js"
import { isFileReference, type FileReference } from "../core/file-reference.js"
import { openParts, padme, partsOf, partSize, sealInParts } from "../core/sealed-file.js"

const random = (size: number) => new Uint8Array(randomBytes(size))

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

async function* from(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

async function sealed(content: Uint8Array, piece = 300_001): Promise<{ parts: Uint8Array[], file: FileReference }> {
  const key = newAgeIdentity(random)
  const parts: Uint8Array[] = []
  for await (const part of sealInParts(inPieces(content, piece), content.length, key, random)) parts.push(part)
  const file = {
    id: "00".repeat(16), name: "a.bin", type: "", size_bytes: content.length, key, parts: parts.length, sha256: createHash("sha256").update(content).digest("hex"),
  }
  return { parts, file }
}

async function opened(parts: readonly Uint8Array[], file: FileReference): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = []
  for await (const piece of openParts(from(parts), file)) {
    if (piece === null) return null
    pieces.push(piece)
  }
  return concat(...pieces)
}

test("a file of any length comes back, and has as many parts as was said", async () => {
  for (const size of [0, 1, 16, 65_535, 65_536, 65_537, 131_072, partSize - 1000, partSize, partSize + 1, 3 * partSize + 17]) {
    const content = random(size)
    const { parts, file } = await sealed(content)
    assert.equal(parts.length, partsOf(size), `${size}`)
    assert.ok(parts.slice(0, -1).every((part) => part.length === partSize))
    assert.deepEqual(await opened(parts, file), content, `${size}`)
    assert.ok(isFileReference(file))
  }
})

test("standard age opens a sealed file; zeros follow its content", async () => {
  const content = random(200_000)
  const { parts, file } = await sealed(content, 1000)
  const decrypter = new Decrypter()
  decrypter.addIdentity(file.key)
  const plain = await decrypter.decrypt(concat(...parts))
  assert.equal(plain.length, padme(content.length))
  assert.deepEqual(plain.slice(0, content.length), content)
  assert.ok((await identityToRecipient(file.key)).startsWith("age1"))
})

test("a file that was cut, reordered, mixed or altered does not open", async () => {
  const { parts, file } = await sealed(random(2 * partSize + 500_000))
  const other = await sealed(random(2 * partSize + 500_000))
  const [a, b, c] = parts as [Uint8Array, Uint8Array, Uint8Array]
  const altered = b.slice()
  altered[1000] = (altered[1000] ?? 0) ^ 1
  const attempts = { cut: [a, b], "cut within": [a, b, c.slice(0, -1)], reordered: [b, a, c], repeated: [a, b, b, c], mixed: [a, other.parts[1] ?? a, c], altered: [a, altered, c], nothing: [], more: [a, b, c, c] }
  for (const [what, tried] of Object.entries(attempts)) assert.equal(await opened(tried, file), null, what)
  assert.equal(await opened(parts, { ...file, key: other.file.key }), null)
  assert.equal(await opened(parts, { ...file, sha256: other.file.sha256 }), null)
  assert.equal(await opened(parts, { ...file, size_bytes: file.size_bytes - 1 }), null)
})

test("a padded length tells little: few lengths, never shorter, at most 12 % longer", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (size) => {
    const padded = padme(size)
    assert.ok(padded >= size && padded <= size * 1.12 + 1)
    assert.equal(padme(padded), padded)
  }), { numRuns: 5000 })
  assert.equal(new Set(Array.from({ length: 1_000_000 }, (_, size) => padme(size))).size < 400, true)
})

test("Bech32 is written as it is read", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
    assert.deepEqual(fromBech32("age-secret-key-", toBech32("age-secret-key-", bytes)), bytes)
  }))
})
