import { ed25519 } from "@noble/curves/ed25519.js"
import { ascii, concat, fromHex, toBase64 } from "../core/bytes.js"
import { leafHash, nodeHash } from "../core/merkle.js"
import { noteKeyOf, noteKeyText, noteKinds, type NoteKey } from "../core/tlog-note.js"
import { u64 } from "../core/wire.js"

/** Who signs checkpoints in tests: a log or a witness. */
export class TestSigner {
  readonly key: NoteKey
  readonly #seed: Uint8Array

  constructor(name: string, kind: NoteKey["kind"], seed: number) {
    this.#seed = new Uint8Array(32).fill(seed)
    this.key = noteKeyOf(name, kind, ed25519.getPublicKey(this.#seed))
  }

  get text(): string {
    return noteKeyText(this.key)
  }

  line(text: string, at_s = 0): string {
    const cosigned = this.key.kind === noteKinds.witness ? `cosignature/v1\ntime ${at_s}\n${text}` : text
    const time = this.key.kind === noteKinds.witness ? u64(BigInt(at_s)) : new Uint8Array(0)
    return `— ${this.key.name} ${toBase64(concat(fromHex(this.key.id, 4) ?? new Uint8Array(0), time, ed25519.sign(ascii(cosigned), this.#seed)))}\n`
  }
}

/** A log in memory: RFC 6962, section 2.1, as it is defined. */
export class TestLog {
  readonly signer: TestSigner
  readonly #leaves: Uint8Array[] = []

  constructor(signer: TestSigner) {
    this.signer = signer
  }

  append(entry: Uint8Array): number {
    return this.#leaves.push(leafHash(entry)) - 1
  }

  checkpoint(): string {
    return `${this.signer.key.name}\n${this.#leaves.length}\n${toBase64(rootOf(this.#leaves))}\n`
  }

  /** @param lines - The signatures below the checkpoint. */
  proof(index: number, ...lines: readonly string[]): string {
    const hashes = pathOf(index, this.#leaves).map((hash) => `${toBase64(hash)}\n`).join("")
    return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${this.checkpoint()}\n${lines.join("")}`
  }
}

function split(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1)
}

export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (leaves.length === 1 && first !== undefined) return first
  const k = split(leaves.length)
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)))
}

export function pathOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return index < k ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))] : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))]
}
