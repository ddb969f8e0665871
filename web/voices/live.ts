// Keeps the counters of a piece as they are now, while somebody looks at them. The page is whole without it: where there is no room, nobody asks again.
const script = document.querySelector<HTMLElement>("script[data-counts]")
const counters = document.querySelectorAll<HTMLElement>("[data-live]")

if (script !== null && counters.length > 0 && "EventSource" in window) watch(script.dataset["counts"] ?? "")

function watch(address: string): void {
  let source: EventSource | null = null
  let isWanted = false
  const open = (): void => {
    if (!isWanted || source !== null || document.hidden) return
    const opened = source = new EventSource(address)
    opened.addEventListener("message", ({ data }) => show(JSON.parse(data as string) as Said))
    opened.addEventListener("error", () => {
      // No room, or the piece is gone. A line that broke off is opened again by the browser, when the server said.
      if (opened.readyState === EventSource.CLOSED) isWanted = false
    })
  }

  const sight = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return
    sight.disconnect()
    isWanted = true
    open()
  })
  counters.forEach((counter) => sight.observe(counter))

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close()
      source = null
    } else setTimeout(open, 1000 * Math.random())
  })
}

interface Said {
  readonly answers: string | null
  readonly signed: string | null
  readonly marks: readonly { readonly block: number, readonly shown: string, readonly says: string }[]
}

function show(said: Said): void {
  for (const counter of counters) {
    const text = counter.dataset["live"] === "signed" ? said.signed : said.answers
    if (text !== null && counter.textContent !== text) counter.textContent = text
  }
  for (const { block, shown, says } of said.marks) {
    const mark = document.querySelector(`#b${block} > .mark`)
    if (mark === null || mark.textContent === shown) continue
    mark.textContent = shown
    mark.classList.add("said")
    mark.setAttribute("aria-label", says)
  }
}
