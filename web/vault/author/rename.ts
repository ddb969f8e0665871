import type { BoxAccount } from "../../core/author.js"
import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button, evenActions } from "../fields.js"
import { correct, type Opened } from "../later-protocol.js"
import { say, told, type Key } from "../say.js"
import { identifierEntry } from "./identifier-entry.js"
import { placeOrTryAgain } from "./place.js"
import { sealInto } from "./seal.js"
import { showStatus } from "./status.js"
import type { NamedBy, Visit } from "./visit.js"

const most = 4

/** Changing whom an account names. What was entered before is shown by its end alone: somebody may be looking. */
export function showRename(visit: Visit, opened: Opened, account: BoxAccount): void {
  const kept: NamedBy[] = account.contact.identifiers.map((canonical) => ({ canonical, words: masked(canonical) }))
  const named = [...kept]
  const list = h("div", { class: "stack" })
  const adding = h("div", { class: "stack" })
  const wrong = h("p", { class: "wrong", role: "alert" })
  const draw = () => {
    fill(list, h("ul", { class: "rows" }, ...named.map((one, i) => h("li", {}, isolated(one.words), button(say("remove"), () => {
      named.splice(i, 1)
      visit.page.announce(say("name.removed"))
      draw()
    }, "link")))))
    fill(adding, named.length >= most ? paragraph(say("name.full"), "note") : identifierEntry((added) => {
      const fresh = added.filter((one) => !named.some((other) => other.canonical === one.canonical))
      if (fresh.length === 0) return say("name.twice")
      named.push(...fresh.slice(0, most - named.length))
      draw()
      return null
    }))
  }
  draw()
  visit.page.show({
    heading: say("rename.heading"),
    body: [
      paragraph(say("rename.intro")),
      list,
      adding,
      wrong,
      actions(
        button(say("next"), () => {
          const same = named.length === kept.length && named.every((one) => kept.includes(one))
          wrong.textContent = named.length === 0 ? say("rename.nobody") : same ? say("rename.same") : ""
          if (wrong.textContent === "") showConfirm(visit, opened, account, named)
        }, "main"),
        button(say("back"), () => void showStatus(visit, opened), "link")),
    ],
  })
}

function showConfirm(visit: Visit, opened: Opened, account: BoxAccount, named: readonly NamedBy[]): void {
  visit.page.show({
    heading: say("rename.confirm"),
    body: [
      h("ul", { class: "rows" }, ...named.map((one) => h("li", {}, isolated(one.words)))),
      ...told("rename.then"),
      evenActions(
        button(say("rename.yes"), () => void showChanging(visit, opened, account, named.map((one) => one.canonical))),
        button(say("rename.no"), () => void showStatus(visit, opened))),
    ],
  })
}

/** Files the same account anew, with what it names now. */
export async function showChanging(visit: Visit, opened: Opened, account: BoxAccount, named: readonly string[]): Promise<void> {
  const place = await placeOrTryAgain(visit, () => showChanging(visit, opened, account, named))
  if (place === null) return

  const block = h("div", { class: "stack" })
  visit.page.show({ heading: say("rename.heading"), body: [...told("seal.intro"), block] })
  const fresh = correct(opened, account, named)
  void sealInto(block, visit, place, { author: opened.author, account: fresh, slips: null, kept: false, upload: null }, () => void again(visit, opened))
}

async function again(visit: Visit, opened: Opened): Promise<void> {
  const { refresh } = await import("../later-protocol.js")
  const answer = await refresh(opened.author)
  void showStatus(visit, "failed" in answer ? opened : answer)
}

function masked(canonical: string): string {
  const type = canonical.slice(0, canonical.indexOf(":"))
  return say("rename.masked", { type: say(`name.${type}` as Key), end: [...canonical].slice(-2).join("") })
}
