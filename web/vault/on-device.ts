/** Promises over IndexedDB, for what the pages keep on a device. */
export function openDatabase(name: string, stores: readonly string[]): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store))
  return answered(request).then((database) => {
    database.onversionchange = () => database.close() // Another page erases: it must not wait for this one.
    return database
  })
}

export async function deleteDatabase(name: string): Promise<void> {
  await answered(indexedDB.deleteDatabase(name))
}

/** One request in a transaction of its own. It is answered once that is done: what was put is then on the device. */
export function within<T>(database: IDBDatabase, store: string, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode)
    const request = ask(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error("the device's store did not answer"))
  })
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error("the device's store did not answer"))
  })
}
