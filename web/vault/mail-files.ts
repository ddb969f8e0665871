import { newAgeIdentity } from "../core/age-stream.js"
import type { Failed } from "../core/author.js"
import { toHex } from "../core/bytes.js"
import type { FileReference } from "../core/file-reference.js"
import { hashOf, partsOf, sealInParts } from "../core/sealed-file.js"
import { viewingCopy } from "./picture-copy.js"
import { edge } from "./transport.js"

/** The largest file that goes with a message, in bytes. */
const largest = 10_000_000

/** Stores one sealed part of so many. */
export type StorePart = (id: string, part: number, parts: number, bytes: Uint8Array) => Promise<Failed | null>

/**
 * Seals a file and stores it, so that a message can bring what opens it. A picture goes as it is drawn anew, without what a camera wrote into it.
 *
 * @returns What opens it, or why it is not there.
 */
export async function sendFile(file: File, store: StorePart): Promise<FileReference | Failed> {
  const copy = await viewingCopy(file)
  const blob = copy ?? file
  if (blob.size > largest) return { failed: "too-large" }

  const [id, key, parts] = [toHex(edge.random(16)), newAgeIdentity(edge.random), partsOf(blob.size)]
  const sha256 = await hashOf(pieces(blob), () => {})
  let n = 0
  for await (const part of sealInParts(pieces(blob), blob.size, key, edge.random)) {
    const failed = await store(id, n, parts, part)
    if (failed !== null) return failed
    n += 1
  }
  const name = copy === null ? file.name : file.name.replace(/\.\w+$/, "") + ".jpg"
  return { id, name, type: blob.type, size_bytes: blob.size, sha256, key, parts }
}

async function* pieces(blob: Blob): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await blob.arrayBuffer())
}
