import type { Visit as AuthorVisit } from "../core/author.js"
import { linesOf, parsePolicy } from "../core/tlog-policy.js"
import { knows, learn } from "./dating.js"
import { h, isolated, type Child } from "./dom.js"
import { actions, button, whileBusy } from "./fields.js"
import { refused, say, told } from "./say.js"

/** Other rules than those that the author knew: what they were, and what they are now, whole. Nothing is held to them before they were seen. */
export function changeView(author: AuthorVisit, changed: string | null, again: () => void): Child {
  if (changed === null) return null
  const wrong = h("p", { class: "wrong", role: "alert" })
  const seen: HTMLButtonElement = button(say("team.seen"), () => void whileBusy(seen, say("team.seen"), async () => {
    const failed = await learn(author, changed)
    if (failed === null) again()
    else wrong.textContent = failed.failed === "unreachable" ? say("entry.unreachable") : refused(failed.failed)
  }))
  return h("section", { class: "sheet care" },
    h("h2", {}, say("evidence.changed")), ...told("evidence.changedText"), parsePolicy(changed)?.quorum === "none" && h("div", { class: "note care" }, ...told("evidence.none")),
    h("dl", { class: "facts" }, rulesView(say("evidence.before"), knows(author).at(-1)), rulesView(say("evidence.now"), changed)),
    wrong, actions(seen))
}

function rulesView(when: string, text: string | undefined): HTMLElement {
  const policy = text === undefined ? null : parsePolicy(text)
  return h("div", {}, h("dt", {}, when), ...(policy === null ? [] : linesOf(policy)).map((line) => h("dd", {}, isolated(line))))
}
