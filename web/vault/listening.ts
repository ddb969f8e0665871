import { fill } from "./dom.js"
import { button } from "./fields.js"
import { say } from "./say.js"

/**
 * A button that plays a sound from its start, and stops it. It goes through no address: the pages' policy lets nothing play by itself.
 *
 * @param over - Aborted when the screen is gone: no sound outlives it.
 */
export function listen(sound: Blob, over: AbortSignal): HTMLButtonElement {
  let stop: (() => void) | null = null
  const control: HTMLButtonElement = button(say("files.listen"), () => {
    if (stop === null) void play()
    else stop()
  })
  const play = async () => {
    const audio = new AudioContext()
    stop = () => {
      stop = null
      void audio.close()
      fill(control, say("files.listen"))
    }
    over.addEventListener("abort", () => stop?.(), { once: true })
    fill(control, say("files.quiet"))
    const decoded = await audio.decodeAudioData(await sound.arrayBuffer()).catch(() => null)
    if (audio.state === "closed") return
    if (decoded === null) return stop?.()

    const source = new AudioBufferSourceNode(audio, { buffer: decoded })
    source.connect(audio.destination)
    source.addEventListener("ended", () => stop?.())
    source.start()
  }
  return control
}
