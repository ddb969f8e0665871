import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb"
import { deviceKeyOf, lockCopy, openCopy } from "../core/device-copy.js"
import { toHex } from "../core/bytes.js"
import { isDraft, type Draft } from "./author/visit.js"
import type { Store } from "./store.js"
import { edge } from "./transport.js"

/** Names that say nothing. `k` has locked drafts, each beside one that nobody can open; `b` has sealed parts of files. */
interface Layout extends DBSchema {
  k: { key: string, value: Uint8Array }
  b: { key: string, value: Uint8Array }
}

/** How far it is with what was typed last; `full` when there is too much of it. */
export type Saved = "saving" | "saved" | "full"

const databaseName = "n"
const pause_ms = 1000

/** A locked copy on this device. What it holds can be told from random bytes by nobody without the ten words. */
export class DeviceStore implements Store {
  readonly kept = true
  readonly #database: IDBPDatabase<Layout>
  readonly #key: Uint8Array
  readonly #slot: string
  readonly #saved: (state: Saved) => void
  #waiting: Draft | null = null
  #timer = 0

  private constructor(database: IDBPDatabase<Layout>, key: Uint8Array, slot: string, saved: (state: Saved) => void) {
    this.#database = database
    this.#key = key
    this.#slot = slot
    this.#saved = saved
  }

  /** Begins a copy. @param saved - Is told how far it is with what was typed last. */
  static async begin(receipt: Uint8Array, draft: Draft, saved: (state: Saved) => void): Promise<DeviceStore> {
    const database = await open()
    await putNoise(database)
    const store = new DeviceStore(database, deviceKeyOf(receipt), toHex(edge.random(8)), saved)
    store.save(draft)
    await store.flush()
    return store
  }

  /** Opens the copy that the receipt opens; `null` when there is none. */
  static async open(receipt: Uint8Array, saved: (state: Saved) => void): Promise<{ store: DeviceStore, draft: Draft } | null> {
    const key = deviceKeyOf(receipt)
    for await (const { database, slot, copy } of copies()) {
      const draft = openCopy(key, copy)
      if (isDraft(draft)) return { store: new DeviceStore(database, key, slot, saved), draft }
    }
    return null
  }

  save(draft: Draft): void {
    this.#waiting = draft
    this.#saved("saving")
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.flush(), pause_ms)
  }

  async flush(): Promise<void> {
    const draft = this.#waiting
    if (draft === null) return

    this.#waiting = null
    const copy = lockCopy(this.#key, draft, edge.random)
    if (copy === null) return this.#saved("full")
    await this.#database.put("k", copy, this.#slot)
    if (this.#waiting === null) this.#saved("saved")
  }

  async putBytes(id: string, bytes: Uint8Array): Promise<void> {
    await this.#database.put("b", bytes, this.#slot + id)
  }

  async bytes(id: string): Promise<Uint8Array | null> {
    return (await this.#database.get("b", this.#slot + id)) ?? null
  }

  async removeBytes(id: string): Promise<void> {
    await this.#database.delete("b", this.#slot + id)
  }

  /** Takes this copy off the device, for what was locked elsewhere needs it no more. */
  async end(): Promise<void> {
    clearTimeout(this.#timer)
    this.#waiting = null
    await this.#database.delete("k", this.#slot)
    await this.#database.delete("b", IDBKeyRange.bound(this.#slot, `${this.#slot}\uffff`))
  }
}

/** Every copy on this device, whoever may open it. */
export async function* copies(): AsyncGenerator<{ database: IDBPDatabase<Layout>, slot: string, copy: Uint8Array }> {
  if (!(await exists())) return
  const database = await open()
  for (const slot of await database.getAllKeys("k")) {
    const copy = await database.get("k", slot)
    if (copy !== undefined) yield { database, slot, copy }
  }
}

/** Keeps one more copy on this device. */
export async function putCopy(copy: Uint8Array): Promise<void> {
  const database = await open()
  await putNoise(database)
  await database.put("k", copy, toHex(edge.random(8)))
}

/** Beside each copy stands one of random bytes, so that a second one says nothing about whether anybody made two. */
async function putNoise(database: IDBPDatabase<Layout>): Promise<void> {
  await database.put("k", edge.random(4096 + 40), toHex(edge.random(8)))
}

/** Takes everything off this device that these pages ever put there. */
export async function eraseDevice(): Promise<void> {
  await deleteDB(databaseName)
  for (const name of await caches.keys()) await caches.delete(name)
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
}

async function exists(): Promise<boolean> {
  return (await indexedDB.databases()).some(({ name }) => name === databaseName)
}

function open(): Promise<IDBPDatabase<Layout>> {
  return openDB<Layout>(databaseName, 1, {
    upgrade: (database) => {
      database.createObjectStore("k")
      database.createObjectStore("b")
    },
    // Another page erases: it must not wait for this one.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  })
}
