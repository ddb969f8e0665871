import { newAgeIdentity } from "../core/age-stream.js"
import type { Failed } from "../core/author.js"
import { toHex } from "../core/bytes.js"
import type { FileReference } from "../core/file-reference.js"
import { hashOf, partsOf, sealInParts } from "../core/sealed-file.js"
import { viewingCopy } from "./picture-copy.js"
import { edge } from "./transport.js"

/** The largest file that goes with a message, in bytes. */
const largest = 10_000_000

const pictures = /\.(?:arw|avif|bmp|cr[23]|dng|gif|hei[cf]s?|jfif|jp[eg]|jpeg|jxl|nef|orf|png|raf|raw|rw2|svgz?|tiff?|webp)$/i

/** Stores one sealed part of so many. */
export type StorePart = (id: string, part: number, parts: number, bytes: Uint8Array) => Promise<Failed | null>

/**
 * Seals a file and stores it, so that a message can bring what opens it. A picture goes as it is drawn anew, without what a camera wrote into it; one that this browser can not draw does not go.
 *
 * @returns What opens it, or why it is not there; `not-drawn`: a picture, and all that a camera wrote would go with it.
 */
export async function sendFile(file: File, store: StorePart): Promise<FileReference | Failed> {
  const copy = await viewingCopy(file)
  if (copy === null && (file.type.startsWith("image/") || pictures.test(file.name))) return { failed: "not-drawn" }
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
