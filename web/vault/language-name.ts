import { locale } from "./language.js"

/** A language by its name in the language that is spoken here; its code when the browser knows none. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(code) ?? code
  } catch {
    return code // The browser throws for what is no code.
  }
}
