import type { Visit as AuthorVisit } from "../core/author.js"
import { parsePolicy } from "../core/tlog-policy.js"
import { knows, learn } from "./dating.js"
import { h, isolated, type Child } from "./dom.js"
import { actions, button, whileBusy } from "./fields.js"
import { refused, say, told } from "./say.js"

/** Other witnesses than those that the author knew: who they were, and who they are now. Nothing is held to them before it was seen. */
export function changeView(author: AuthorVisit, changed: string | null, again: () => void): Child {
  if (changed === null) return null
  const wrong = h("p", { class: "wrong", role: "alert" })
  const seen: HTMLButtonElement = button(say("team.seen"), () => void whileBusy(seen, say("team.seen"), async () => {
    const failed = await learn(author, changed)
    if (failed === null) again()
    else wrong.textContent = failed.failed === "unreachable" ? say("entry.unreachable") : refused(failed.failed)
  }))
  return h("section", { class: "sheet care" },
    h("h2", {}, say("evidence.changed")), ...told("evidence.changedText"),
    h("dl", { class: "facts" }, ...namesView(say("evidence.before"), knows(author).at(-1)), ...namesView(say("evidence.now"), changed)),
    wrong, actions(seen))
}

function namesView(when: string, policy: string | undefined): Child[] {
  const witnesses = [...(policy === undefined ? null : parsePolicy(policy))?.witnesses ?? []]
  return [h("div", {}, h("dt", {}, when), ...witnesses.map(([name, { id }]) => h("dd", {}, isolated(`${name} ${id}`))))]
}
