/** Puts a button just below what is selected, inside of the window. */
export function placeBelow(button: HTMLElement, range: Range): void {
  const box = range.getBoundingClientRect()
  button.style.setProperty("inset-block-start", `${box.bottom + scrollY + 8}px`)
  button.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(document.dir === "rtl" ? innerWidth - box.right : box.left, innerWidth - button.offsetWidth - 8))}px`)
}

/** Calls back once a selection has settled, with what is selected inside of an element; null for nothing. */
export function onSelection(root: HTMLElement, settled: (range: Range | null) => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      const selection = document.getSelection()
      const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
      settled(range === null || range.collapsed || !root.contains(range.commonAncestorContainer) ? null : range)
    }, 150)
  })
}
