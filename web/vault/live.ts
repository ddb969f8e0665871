/** How to say a text again, in the language of then. */
type Again = () => string

const attributes = ["aria-label", "title", "alt"] as const

// What was said for this screen and for the one before: a screen is said before it is shown.
let said = new Map<string, Again>()
let saidBefore = new Map<string, Again>()
let aside: Element | null = null
const nodes = new WeakMap<Node, Again>()
const contents = new WeakMap<Element, () => readonly (Node | string)[]>()

/** Remembers how a text can be said again. */
export function remember(text: string, again: Again): string {
  said.set(text, again)
  return text
}

/** How to say a text again, if it was said for this screen; else it stays what it is. */
export function againOf(text: string): Again {
  return said.get(text) ?? saidBefore.get(text) ?? (() => text)
}

/** A text node that is said again when the language changes. */
export function liveText(text: string): Text {
  const node = document.createTextNode(text)
  if (said.has(text) || saidBefore.has(text)) nodes.set(node, againOf(text))
  return node
}

/** An element whose whole content is made again when the language changes. */
export function liveContent<E extends Element>(element: E, make: () => readonly (Node | string)[]): E {
  element.replaceChildren(...make())
  contents.set(element, make)
  return element
}

/** Another screen is shown: what was said for the one before the last is forgotten. */
export function turnPage(): void {
  saidBefore = said
  said = new Map()
}

/** Another screen stands in front of this one, which comes back. */
export function sayAside(held: Element | null): void {
  aside = held
}

/** Says everything again in the language of now: texts, names for screen readers, the title. Fields keep what was typed. */
export function sayAgain(page: Document): void {
  const before = new Map([...saidBefore, ...said])
  const again = (text: string) => {
    const found = before.get(text.trim())
    return found === undefined ? text : text.replace(text.trim(), () => remember(found(), found))
  }
  page.title = again(page.title)
  for (const element of [page, aside].flatMap((root) => [...root?.querySelectorAll("*") ?? []])) {
    if (element.closest("[translate=no]:not(bdi, select)") !== null) continue
    for (const name of attributes) {
      const text = element.getAttribute(name)
      if (text !== null) element.setAttribute(name, again(text))
    }
    const make = contents.get(element)
    if (make !== undefined) element.replaceChildren(...make())
    else for (const node of element.childNodes) if (node instanceof Text) sayNodeAgain(node, again)
  }
}

function sayNodeAgain(node: Text, again: (text: string) => string): void {
  const own = nodes.get(node)
  const text = own === undefined ? again(node.data) : remember(own(), own)
  if (text !== node.data) node.data = text
}
