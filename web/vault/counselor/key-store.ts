/** The counselor's sealed key on this device: one record, under names that say nothing. */
const names = { database: "notes", store: "kept", key: "desk" } as const

export async function keepSealedKey(sealed: string): Promise<void> {
  const store = await open("readwrite")
  await done(store.put(sealed, names.key))
}

export async function sealedKey(): Promise<string | null> {
  const store = await open("readonly")
  const found: unknown = await done(store.get(names.key))
  return typeof found === "string" ? found : null
}

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open(names.database, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(names.store)
  const database = await done(request)
  return database.transaction(names.store, mode).objectStore(names.store)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error("the device's store did not answer"))
  })
}
