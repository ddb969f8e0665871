import { say } from "./say.js"

/** Prints what is marked `prints`, and nothing else. A file made of it gets a name that says nothing. */
export function printSheet(): void {
  const before = document.title
  document.title = say("title")
  print()
  document.title = before
}
