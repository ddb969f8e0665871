interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface Asked extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

declare const self: {
  readonly location: Location
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void
  addEventListener(type: "fetch", listener: (event: Asked) => void): void
}

/** Every file that an author may need with its integrity, and a name for this release of them: the build fills both in. */
declare const FILES: Readonly<Record<string, string>>
declare const RELEASE: string

// One byte that is not of this release, and nothing of it is kept.
self.addEventListener("install", (event) => {
  const all = Object.entries(FILES).map(([file, integrity]) => new Request(file, { cache: "reload", credentials: "omit", integrity }))
  event.waitUntil(caches.open(RELEASE).then((cache) => cache.addAll(all)))
})

// The release of before goes only when no page uses it any more.
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== RELEASE).map((name) => caches.delete(name)))))
})

// Files of this release come from the device, the same with a network and without. Everything else is asked of the network.
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url)
  if (event.request.method !== "GET" || origin !== self.location.origin || !Object.hasOwn(FILES, pathname)) return
  event.respondWith(caches.open(RELEASE).then((cache) => cache.match(pathname)).then((found) => found ?? fetch(event.request)))
})
