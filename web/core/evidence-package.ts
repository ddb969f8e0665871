import { sha256 } from "@noble/hashes/sha2.js"
import { concat, toHex } from "./bytes.js"
import { isMemberName } from "./evidence.js"
import { readZip, type Source } from "./zip.js"

/** A file of a package: its bytes only where a check reads them. */
export interface Packaged {
  readonly size: number
  /** In hex. */
  readonly sha256: string
  readonly bytes: Uint8Array
  /** Whether the archive's own sum of it is right. */
  readonly isSumRight: boolean
}

/** The files of a package by their names, in their order. */
export type Package = ReadonlyMap<string, Packaged>

/** What a check reads has so many bytes at most; an account has 1 MiB. */
const longestRead_bytes = 4 * 1024 * 1024
const mostMembers = 2000

/**
 * Reads a package, in a stretch of memory that does not grow with its files.
 *
 * @param progress - Is told how many bytes are read.
 * @returns `null` when it is none: one byte of the archive that stands between its files differs, a name comes twice or must not be there, or something is missing at its end.
 */
export async function readPackage(source: Source, progress: (done: number) => void = () => {}): Promise<Package | null> {
  const found = new Map<string, { readonly size: number, readonly hash: ReturnType<typeof sha256.create>, readonly pieces: Uint8Array[], isSumRight: boolean }>()
  let done = 0
  const isWhole = await readZip(source, (name, size) => {
    const isRead = !isForPeople(name)
    if (!isMemberName(name) || found.has(name) || found.size === mostMembers || (isRead && size > longestRead_bytes)) return null
    const member = { size, hash: sha256.create(), pieces: [] as Uint8Array[], isSumRight: false }
    found.set(name, member)
    return {
      push(piece) {
        member.hash.update(piece)
        if (isRead) member.pieces.push(piece.slice())
        progress(done += piece.length)
      },
      end: (isRight) => (member.isSumRight = isRight),
    }
  })
  return isWhole ? new Map([...found].map(([name, { size, hash, pieces, isSumRight }]) => [name, { size, sha256: toHex(hash.digest()), bytes: concat(...pieces), isSumRight }])) : null
}

/** What no check reads: it is held by its hash alone. */
function isForPeople(name: string): boolean {
  return /^(files\/.*|README\.txt|account\.(txt|pdf|age)|check\.sh)$/.test(name)
}
