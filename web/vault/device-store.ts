import { deviceKeyOf, lockCopy, openCopy } from "../core/device-copy.js"
import { toHex } from "../core/bytes.js"
import { isDraft, type Draft } from "./author/visit.js"
import { deleteDatabase, openDatabase, within } from "./on-device.js"
import type { Store } from "./store.js"
import { edge } from "./transport.js"

/** How far it is with what was typed last; `full` when there is too much of it. */
export type Saved = "saving" | "saved" | "full"

/** Names that say nothing. `k` has locked drafts, each beside one that nobody can open; `b` has sealed parts of files. */
const databaseName = "n"
const [copiesName, partsName] = ["k", "b"] as const

const pause_ms = 1000

/** A locked copy on this device. What it holds can be told from random bytes by nobody without the ten words. */
export class DeviceStore implements Store {
  readonly kept = true
  readonly #database: IDBDatabase
  readonly #key: Uint8Array
  readonly #slot: string
  readonly #saved: (state: Saved) => void
  #waiting: Draft | null = null
  #timer = 0

  private constructor(database: IDBDatabase, key: Uint8Array, slot: string, saved: (state: Saved) => void) {
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
    await put(this.#database, copiesName, this.#slot, copy)
    if (this.#waiting === null) this.#saved("saved")
  }

  async putBytes(id: string, bytes: Uint8Array): Promise<void> {
    await put(this.#database, partsName, this.#slot + id, bytes)
  }

  async bytes(id: string): Promise<Uint8Array | null> {
    return get(this.#database, partsName, this.#slot + id)
  }

  async removeBytes(id: string): Promise<void> {
    await remove(this.#database, partsName, this.#slot + id)
  }

  /** Takes this copy off the device, for what was locked elsewhere needs it no more. */
  async end(): Promise<void> {
    clearTimeout(this.#timer)
    this.#waiting = null
    await remove(this.#database, copiesName, this.#slot)
    await remove(this.#database, partsName, IDBKeyRange.bound(this.#slot, `${this.#slot}\uffff`))
  }
}

/** Every copy on this device, whoever may open it. */
export async function* copies(): AsyncGenerator<{ database: IDBDatabase, slot: string, copy: Uint8Array }> {
  if (!(await exists())) return
  const database = await open()
  for (const slot of await within(database, copiesName, "readonly", (store) => store.getAllKeys())) {
    const copy = await get(database, copiesName, String(slot))
    if (copy !== null) yield { database, slot: String(slot), copy }
  }
}

/** Keeps one more copy on this device. */
export async function putCopy(copy: Uint8Array): Promise<void> {
  const database = await open()
  await putNoise(database)
  await put(database, copiesName, toHex(edge.random(8)), copy)
}

/** Beside each copy stands one of random bytes, so that a second one says nothing about whether anybody made two. */
async function putNoise(database: IDBDatabase): Promise<void> {
  await put(database, copiesName, toHex(edge.random(8)), edge.random(4096 + 40))
}

/** Takes everything off this device that these pages ever put there. */
export async function eraseDevice(): Promise<void> {
  await deleteDatabase(databaseName)
  for (const name of await caches.keys()) await caches.delete(name)
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
}

async function exists(): Promise<boolean> {
  return (await indexedDB.databases()).some(({ name }) => name === databaseName)
}

function open(): Promise<IDBDatabase> {
  return openDatabase(databaseName, [copiesName, partsName])
}

async function put(database: IDBDatabase, name: string, key: string, bytes: Uint8Array): Promise<void> {
  await within(database, name, "readwrite", (store) => store.put(bytes, key))
}

async function get(database: IDBDatabase, name: string, key: string): Promise<Uint8Array | null> {
  return (await within<Uint8Array | undefined>(database, name, "readonly", (store) => store.get(key))) ?? null
}

async function remove(database: IDBDatabase, name: string, key: string | IDBKeyRange): Promise<void> {
  await within(database, name, "readwrite", (store) => store.delete(key))
}
