import type { Draft } from "./author/visit.js"

/** Where a draft and its sealed files are held: in memory, or locked on this device for those who chose that. */
export interface Store {
  /** Whether a locked copy stays on this device. */
  readonly kept: boolean
  /** Holds a draft, two seconds from now at the latest. Calls in between count once. */
  save(draft: Draft): void
  /** Holds now what waits to be held. */
  flush(): Promise<void>
  /** Holds bytes that are sealed already. */
  putBytes(id: string, bytes: Uint8Array): Promise<void>
  bytes(id: string): Promise<Uint8Array | null>
  removeBytes(id: string): Promise<void>
  /** Holds nothing any more. */
  end(): Promise<void>
}

/** Holds nothing beyond this page. The draft is where it was typed: in the visit. */
export class MemoryStore implements Store {
  readonly kept = false
  readonly #held = new Map<string, Uint8Array>()

  save(): void {}

  async flush(): Promise<void> {}

  async putBytes(id: string, bytes: Uint8Array): Promise<void> {
    this.#held.set(id, bytes)
  }

  async bytes(id: string): Promise<Uint8Array | null> {
    return this.#held.get(id) ?? null
  }

  async removeBytes(id: string): Promise<void> {
    this.#held.delete(id)
  }

  async end(): Promise<void> {
    this.#held.clear()
  }
}
