import { fill, h, paragraph } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { listen } from "../listening.js"
import { say } from "../say.js"
import type { Visit } from "./visit.js"

const second_ms = 1000

/** Longer than anybody speaks at once; 32 kbit/s make 29 MB of it. */
const longest_s = 2 * 3600

/**
 * Telling instead of typing. The sound stays on this device until the account is locked; nothing listens before Start is pressed, and nothing
 * after the screen is gone.
 *
 * @param block - Where it stands, in the place of what was there.
 * @param done - Draws again what was there.
 */
export function recordVoice(visit: Visit, block: HTMLElement, done: () => void): void {
  void import("../files.js").catch(() => null) // Now: the network may be gone when it is needed.
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const start: HTMLButtonElement = button(say("voice.start"), () => void whileBusy(start, say("voice.asking"), async () => {
    const stream = await microphone()
    if (stream === null) wrong.textContent = say("voice.none")
    else if (visit.page.whileShown.aborted || !block.isConnected) release(stream)
    else record(visit, block, stream, done)
  }), "main")
  draw(block, paragraph(say("voice.text")), paragraph(say("voice.know")), wrong, actions(start, button(say("things.not"), done, "link")))
}

/** Null where there is none, or where whoever uses the device did not allow it. */
async function microphone(): Promise<MediaStream | null> {
  if (!("mediaDevices" in navigator) || !("MediaRecorder" in window)) return null
  return navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null)
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function record(visit: Visit, block: HTMLElement, stream: MediaStream, done: () => void): void {
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 })
  const pieces: Blob[] = []
  const ended = new AbortController()
  let seconds = 0
  const clock = h("p", { class: "code-sheet", role: "timer", dir: "ltr" }, lengthOf(0))
  const ticking = setInterval(() => {
    clock.textContent = lengthOf(++seconds)
    clock.dispatchEvent(new Event("input", { bubbles: true })) // Who speaks is there: the page does not lock meanwhile.
    if (seconds >= longest_s) recorder.stop()
  }, second_ms)
  const end = () => {
    clearInterval(ticking)
    ended.abort()
    release(stream)
  }

  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data))
  recorder.addEventListener("stop", () => {
    if (ended.signal.aborted) return
    end()
    offer(visit, block, new Blob(pieces, { type: recorder.mimeType.split(";")[0] ?? "" }), seconds, done)
  })
  // Somebody who turns away keeps what they said; a screen that is gone listens to nobody.
  document.addEventListener("visibilitychange", () => document.hidden && recorder.stop(), { signal: ended.signal })
  visit.page.whileShown.addEventListener("abort", end, { signal: ended.signal })
  recorder.start(second_ms)
  draw(block, paragraph(say("voice.running")), clock, actions(button(say("voice.stop"), () => recorder.stop(), "main"), button(say("voice.discard"), () => {
    end()
    recordVoice(visit, block, done)
  }, "link")))
}

/** What was said is kept at once: nothing is lost by being called away. Who does not want it takes it out. */
function offer(visit: Visit, block: HTMLElement, sound: Blob, seconds: number, done: () => void): void {
  const state = paragraph(say("keep.making"), "quiet")
  state.setAttribute("role", "status")
  draw(block, state)
  void (async () => {
    const { addRecording, removeFile } = await import("../files.js")
    const added = await addRecording(visit, new File([sound], `${say("voice.name")}.${sound.type === "audio/mp4" ? "m4a" : "webm"}`, { type: sound.type }))
    if (added === "too-large") return fill(state, say("things.tooLarge"))

    draw(block,
      paragraph(say("voice.kept", { length: lengthOf(seconds) })),
      actions(
        button(say("voice.done"), done, "main"),
        listen(sound, visit.page.whileShown),
        button(say("voice.again"), () => void removeFile(visit, added).then(() => recordVoice(visit, block, done)), "link")))
  })()
}

function draw(block: HTMLElement, ...children: readonly Node[]): void {
  const heading = h("h3", { tabindex: -1 }, say("voice.heading"))
  fill(block, h("div", { class: "note" }, heading, ...children))
  heading.focus()
}

function lengthOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
