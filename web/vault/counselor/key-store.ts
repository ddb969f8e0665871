import { openDatabase, within } from "../on-device.js"

/** The counselor's sealed key on this device: one record, under names that say nothing. */
const names = { database: "notes", store: "kept", key: "desk" } as const

export async function keepSealedKey(sealed: string): Promise<void> {
  await within(await open(), names.store, "readwrite", (store) => store.put(sealed, names.key))
}

export async function sealedKey(): Promise<string | null> {
  const found: unknown = await within(await open(), names.store, "readonly", (store) => store.get(names.key))
  return typeof found === "string" ? found : null
}

function open(): Promise<IDBDatabase> {
  return openDatabase(names.database, [names.store])
}
