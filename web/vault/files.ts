import { hasFailed, type Failed, type Visit as AuthorVisit } from "../core/author.js"
import { newAgeIdentity } from "../core/age-stream.js"
import { fromBase64, fromHex, toHex } from "../core/bytes.js"
import { largestFile, type FileReference } from "../core/file-reference.js"
import { filePartOf, statusOf } from "../core/filing.js"
import { isWhole, listOf, parseJson } from "../core/json.js"
import { hashOf, partsOf, sealInParts } from "../core/sealed-file.js"
import type { Visit } from "./author/visit.js"
import { viewingCopy } from "./picture-copy.js"
import type { Store } from "./store.js"
import { edge } from "./transport.js"

/** Read from a file at a time. */
const piece_bytes = 1024 * 1024

/**
 * Adds a file to a draft: reads it once for its hash, makes a copy to look at if it is a picture, and, for those who keep a copy on
 * this device, seals it there. Nothing is sent.
 *
 * @param progress - Is told how many bytes are read.
 * @returns The reference, or why it cannot be added.
 */
export async function addFile(visit: Visit, file: File, progress: (done: number) => void): Promise<FileReference | "too-large"> {
  if (file.size > largestFile) return "too-large"

  const view = await viewingCopy(file)
  const small = view && await refer(visit, view, "", () => {})
  const reference = { ...await refer(visit, file, file.name, progress), ...(small ? { view: small } : {}) }
  visit.draft.record.files.push(reference)
  visit.store.save(visit.draft)
  return reference
}

/**
 * Adds what was recorded here. Nothing else holds it, so it is sealed at once: locking the page does not lose it, nor leave it readable.
 *
 * @returns The reference, or why it cannot be added.
 */
export async function addRecording(visit: Visit, recording: File): Promise<FileReference | "too-large"> {
  if (recording.size > largestFile) return "too-large"

  const reference = await refer(visit, recording, recording.name, () => {}, true)
  visit.draft.record.files.push(reference)
  visit.store.save(visit.draft)
  return reference
}

/** Puts into the copy on this device what was picked, or sealed in memory, before there was one. */
export async function keepFiles(visit: Visit, before: Store): Promise<void> {
  for (const file of visit.draft.record.files.flatMap(withView)) {
    const blob = visit.picked.get(file.id)
    if (blob === undefined) await moveParts(visit, file, before)
    else await keepParts(visit, file.id, blob, file.key)
    visit.picked.delete(file.id)
  }
}

export async function removeFile(visit: Visit, file: FileReference): Promise<void> {
  visit.draft.record.files = visit.draft.record.files.filter((other) => other.id !== file.id)
  visit.store.save(visit.draft)
  for (const each of withView(file)) {
    visit.picked.delete(each.id)
    for (let n = 0; n < each.parts; n += 1) await visit.store.removeBytes(`${each.id}-${n}`)
  }
}

async function refer(visit: Visit, blob: Blob, name: string, progress: (done: number) => void, sealNow = visit.store.kept): Promise<FileReference> {
  let done = 0
  const [id, key] = [toHex(edge.random(16)), newAgeIdentity(edge.random)]
  const sha256 = await hashOf(piecesOf(blob), (size) => progress(done += size))
  if (sealNow) await keepParts(visit, id, blob, key)
  else visit.picked.set(id, blob)
  return { id, name, type: blob.type, size_bytes: blob.size, sha256, key, parts: partsOf(blob.size) }
}

async function keepParts(visit: Visit, id: string, blob: Blob, key: string): Promise<void> {
  let n = 0
  for await (const part of sealInParts(piecesOf(blob), blob.size, key, edge.random)) await visit.store.putBytes(`${id}-${n++}`, part)
}

async function moveParts(visit: Visit, file: FileReference, from: Store): Promise<void> {
  for (let n = 0; n < file.parts; n += 1) {
    const part = await from.bytes(`${file.id}-${n}`)
    if (part !== null) await visit.store.putBytes(`${file.id}-${n}`, part)
  }
}

/** The files of an account on their way to the vault. It goes on where it was, also after the page was opened anew. */
export class FileUpload {
  readonly #visit: Visit
  readonly #files: readonly FileReference[]
  readonly #sources = new Map<string, PartSource>()

  constructor(visit: Visit) {
    this.#visit = visit
    this.#files = visit.draft.record.files.flatMap(withView)
  }

  /** @param progress - Is told of how many parts how many are stored. @returns Null, or what came instead. */
  async run(author: AuthorVisit, filingId: string, progress: (done: number, of: number) => void): Promise<Failed | null> {
    if (this.#files.length === 0) return null
    const stored = await storedFiles(author)
    if ("failed" in stored) return stored

    const of = this.#files.reduce((sum, file) => sum + file.parts, 0)
    let before = 0
    for (const file of this.#files) {
      for (let n = stored.have.get(file.id) ?? 0; n < file.parts; n += 1) {
        progress(before + n, of)
        const bytes = await this.#sourceOf(file).at(n)
        const failed = bytes === null ? { failed: "file-gone" } : await storePart(author, filingId, file, n, bytes)
        if (failed !== null) return failed
      }
      before += file.parts
    }
    return null
  }

  #sourceOf(file: FileReference): PartSource {
    const source = this.#sources.get(file.id) ?? new PartSource(this.#visit, file)
    this.#sources.set(file.id, source)
    return source
  }
}

/** Parts of one file in their order. One whose answer was lost can be asked for again. */
class PartSource {
  readonly #visit: Visit
  readonly #file: FileReference
  readonly #sealing: AsyncGenerator<Uint8Array> | null
  #number = -1
  #bytes: Uint8Array | null = null

  constructor(visit: Visit, file: FileReference) {
    this.#visit = visit
    this.#file = file
    const picked = visit.picked.get(file.id)
    this.#sealing = picked === undefined ? null : sealInParts(piecesOf(picked), file.size_bytes, file.key, edge.random)
  }

  async at(number: number): Promise<Uint8Array | null> {
    if (this.#sealing === null) return this.#visit.store.bytes(`${this.#file.id}-${number}`)
    while (this.#number < number) {
      this.#bytes = (await this.#sealing.next()).value ?? null
      this.#number += 1
    }
    return this.#number === number ? this.#bytes : null
  }
}

/** One part of the author's own file. */
export function ownPart(author: AuthorVisit): (id: string, part: number) => Promise<Uint8Array | Failed> {
  return (id, part) => edge.ask("POST", `/v1/files/${id}/${part}`, asking(author))
}

async function storedFiles(author: AuthorVisit): Promise<Failed | { readonly have: ReadonlyMap<string, number> }> {
  const answer = await edge.ask("POST", "/v1/files", asking(author))
  if (hasFailed(answer)) return answer
  const files = listOf(parseJson(answer)?.["files"], ({ file_id, have }) => (typeof file_id === "string" && isWhole(have, 0, 512) ? [file_id, have] as const : null))
  return files === null ? { failed: "malformed-message" } : { have: new Map(files) }
}

async function storePart(author: AuthorVisit, filingId: string, file: FileReference, part: number, bytes: Uint8Array): Promise<Failed | null> {
  const [credential, filing, id] = [fromBase64(author.box.credential), fromHex(filingId, 16), fromHex(file.id, 16)]
  if (credential === null || filing === null || id === null) return { failed: "credential-invalid" }
  const message = filePartOf(author.keyset.deployment, { credential, seed: author.keys.seed }, filing, id, part, file.parts, bytes, edge.today())
  const answer = await edge.ask("PUT", "/v1/files", message)
  return hasFailed(answer) ? answer : null
}

function asking({ keyset, keys }: AuthorVisit): Uint8Array {
  return statusOf(keyset.deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed)
}

function withView(file: FileReference): FileReference[] {
  return file.view ? [file.view, file] : [file]
}

async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += piece_bytes) yield new Uint8Array(await blob.slice(at, at + piece_bytes).arrayBuffer())
}
