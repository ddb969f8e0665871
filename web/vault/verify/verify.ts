import { readPackage } from "../../core/evidence-package.js"
import { verdictOf } from "../../core/evidence-verdict.js"
import { parsePolicy } from "../../core/tlog-policy.js"
import { fill, h, paragraph } from "../dom.js"
import { actions, button, form, whileBusy } from "../fields.js"
import { offerLanguages } from "../language-menu.js"
import { preferred, speak } from "../language.js"
import { Leaving } from "../leave.js"
import { Page } from "../page.js"
import { say, told } from "../say.js"
import { showVerdict } from "./verdict.js"

// Everything that this page needs stands in it: saved as a file it works anywhere, and its policy lets it ask nobody anything.

const isServed = location.protocol.startsWith("http")
await speak(preferred())
const page = new Page()
if (isServed) new Leaving(() => showStart(), (left) => page.announce(say("leave.more", { n: left })))
else for (const link of document.querySelectorAll("a[data-leave]")) link.remove()
offerLanguages()
showStart()

function showStart(): void {
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const [file, policy] = [fileField("verify.package", ".zip"), fileField("verify.policy", ".txt", "verify.policyHint")]
  const go = button(say("verify.go"), () => {}, "main")
  go.type = "submit"
  const block = form(() => void whileBusy(go, say("verify.reading"), () => check(file.chosen(), policy.chosen(), (text) => (wrong.textContent = text))), file.block, policy.block, wrong, actions(go))
  takeDrops(block, (dropped) => {
    for (const one of dropped) (/\.txt$/i.test(one.name) ? policy : file).take(one)
  })
  page.show({
    heading: say("verify.heading"), door: true,
    body: [
      ...told("verify.text"), block, paragraph(say("verify.drop"), "quiet small"),
      isServed && h("section", { class: "note" }, paragraph(say("verify.saveHint")), actions(h("a", { class: "button", href: "/verify", download: "document.html" }, say("verify.save")))),
    ],
  })
}

async function check(file: File | null, policyFile: File | null, fail: (text: string) => void): Promise<void> {
  fail("")
  if (file === null) return fail(say("verify.noPackage"))
  const policy = policyFile === null ? null : parsePolicy(await policyFile.text())
  if (policyFile !== null && policy === null) return fail(say("verify.noPolicy"))

  const source = { size: file.size, read: async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer()) }
  let said = 0
  const held = await readPackage(source, (done) => {
    const percent = Math.floor(100 * done / file.size)
    if (percent >= said + 25) page.announce(say("verify.percent", { percent: said = percent }))
  })
  showVerdict(page, verdictOf(held, policy), held, showStart)
}

interface FileField {
  readonly block: HTMLElement
  chosen(): File | null
  take(file: File): void
}

/** A file that is picked, or dropped. */
function fileField(label: "verify.package" | "verify.policy", accept: string, hint?: "verify.policyHint"): FileField {
  const [id, dropped] = [`file-${label.slice("verify.".length)}`, h("p", { class: "quiet small", translate: "no" })]
  const input = h("input", { type: "file", id, accept, "aria-describedby": hint === undefined ? undefined : `${id}-hint` })
  let own: File | null = null
  input.addEventListener("change", () => {
    own = null
    fill(dropped)
  })
  return {
    block: h("div", { class: "field" }, h("label", { for: id }, say(label)), hint !== undefined && h("p", { id: `${id}-hint`, class: "hint" }, say(hint)), input, dropped),
    chosen: () => own ?? input.files?.[0] ?? null,
    take(file) {
      own = file
      fill(dropped, h("bdi", {}, file.name))
    },
  }
}

function takeDrops(block: HTMLElement, take: (files: readonly File[]) => void): void {
  // A file that is dropped beside the form must not take the place of the page.
  for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => event.preventDefault(), { signal: page.whileShown })
  document.addEventListener("drop", (event) => {
    if (block.isConnected) take([...event.dataTransfer?.files ?? []])
  })
}
