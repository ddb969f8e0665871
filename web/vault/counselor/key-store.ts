import { openDatabase, within } from "../on-device.js"

/** The counselor's key on this device, sealed under their passphrase and perhaps under the device's own lock: records under names that say nothing. */
const names = { database: "notes", store: "kept", passphrase: "desk", lock: "desk-2" } as const

/** What seals a key. */
export type SealedBy = "passphrase" | "lock"

/** Keeps a sealed key. Another key under a passphrase takes the lock's copy of the one before away. */
export async function keepSealedKey(sealed: string, by: SealedBy = "passphrase"): Promise<void> {
  const database = await open()
  if (by === "passphrase") await forgetLock()
  await within(database, names.store, "readwrite", (store) => store.put(sealed, names[by]))
}

/** The device's own lock opens nothing here any more. */
export async function forgetLock(): Promise<void> {
  await within(await open(), names.store, "readwrite", (store) => store.delete(names.lock))
}

export async function sealedKey(by: SealedBy = "passphrase"): Promise<string | null> {
  const found: unknown = await within(await open(), names.store, "readonly", (store) => store.get(names[by]))
  return typeof found === "string" ? found : null
}

function open(): Promise<IDBDatabase> {
  return openDatabase(names.database, [names.store])
}
