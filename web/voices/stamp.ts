// Where more is written than people look at: does the sum with which something can be sent at once. Whoever has no script waits for the time that is said.
import { sha256 } from "@noble/hashes/sha2.js"

const stepMilliseconds = 12
const notice = document.querySelector<HTMLElement>("[data-stamp]")
const form = notice?.parentElement?.querySelector<HTMLFormElement>("form[method='post']")

if (notice && form) {
  const stamp = document.createElement("input")
  stamp.type = "hidden"
  stamp.name = "stamp"
  stamp.value = await find(notice.dataset["stamp"] ?? "", Number(notice.dataset["bits"]))
  form.append(stamp)
  notice.textContent = notice.dataset["ready"] ?? ""
  notice.classList.remove("care")
}

/** A challenge, a full stop and a number, so that the hash of all begins with enough bits of 0. The page stays at hand meanwhile. */
async function find(challenge: string, bits: number): Promise<string> {
  const text = new TextEncoder()
  for (let number = 0; ;) {
    for (const end = performance.now() + stepMilliseconds; performance.now() < end;) {
      const stamp = `${challenge}.${number++}`
      const hash = sha256(text.encode(stamp))
      if (Math.clz32(new DataView(hash.buffer).getUint32(0)) >= bits) return stamp
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
}
