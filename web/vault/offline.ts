import { scripts } from "./worker.js"

/** Lets these pages open without a network: for those who keep a copy here, since it leaves a trace on the device. */
export async function goOnWithoutNetwork(): Promise<void> {
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(scripts("/sw.js"))
}
