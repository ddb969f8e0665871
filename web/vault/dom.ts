import { liveText } from "./live.js"

/** What an element may hold. Text becomes a text node: nothing here reads markup. */
export type Child = Node | string | null | false

type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>

/**
 * Makes an element. A function is a listener for the event its key names after "on"; `true` sets an empty attribute,
 * `false` and `undefined` none.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value)
    else if (value === true) element.setAttribute(key, "")
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value))
  }
  element.append(...present(children))
  return element
}

/** Puts `children` in place of whatever `element` holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children))
}

export function paragraph(text: string, className?: string): HTMLParagraphElement {
  return h("p", { class: className }, text)
}

/** Paragraphs from a text whose parts are divided by a blank line. */
export function paragraphs(text: string): HTMLParagraphElement[] {
  return text.split("\n\n").map((part) => paragraph(part))
}

/** Text in its own direction: numbers, addresses and names keep their order in a page that runs from right to left. */
export function isolated(text: string): HTMLElement {
  return h("bdi", { translate: "no" }, text)
}

function present(children: readonly Child[]): Node[] {
  return children.filter((child): child is Node | string => child !== null && child !== false)
    .map((child) => (typeof child === "string" ? liveText(child) : child))
}
