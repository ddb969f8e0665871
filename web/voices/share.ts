// Two ways to share that only a script can offer: the address into the clipboard, and the device's own share sheet.

const list = document.querySelector<HTMLElement>("[data-share]")
const said = document.querySelector<HTMLElement>("[data-share-said]")

function offer(text: string, act: () => Promise<void>): void {
  const item = document.createElement("li")
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = text
  button.addEventListener("click", () => void act())
  item.append(button)
  list?.prepend(item)
}

if (list !== null) {
  const { share: url = "", title = "", copy = "", copied = "", device = "" } = list.dataset
  if ("clipboard" in navigator) {
    offer(copy, async () => {
      await navigator.clipboard.writeText(url)
      if (said !== null) {
        said.textContent = copied
        said.classList.remove("unseen")
      }
    })
  }
  if ("share" in navigator) {
    // Whoever closes the sheet has decided: there is nothing to say.
    offer(device, () => navigator.share({ title, url }).catch(() => undefined))
  }
}
