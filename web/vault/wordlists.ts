import { joinHalves } from "../core/halves.js"
import { parseReceipt, receiptWords, wordsOf, type Receipt, type WordList } from "../core/receipt.js"
import { spoken } from "./language.js"

export type { Receipt }
export const wordLanguages = { en: "English", fr: "Français", es: "Español" } as const
export type WordLanguage = keyof typeof wordLanguages

/** The list of the page's language; where there is none, the English one. */
export function languageOfWords(): WordLanguage {
  const language = spoken()
  return language === "fr" || language === "es" ? language : "en"
}

export async function listIn(language: WordLanguage): Promise<WordList> {
  if (language === "fr") return (await import("@scure/bip39/wordlists/french.js")).wordlist
  return language === "es" ? (await import("@scure/bip39/wordlists/spanish.js")).wordlist : receiptWords
}

/** The ten words, in the page's language unless another is asked for. Without a network, in English. */
export async function wordsToShow(receipt: Receipt, language = languageOfWords()): Promise<string[]> {
  const list = await listIn(language).catch(() => receiptWords)
  return wordsOf(receipt, list).map((word) => word.normalize("NFC"))
}

/** Reads words of any list, or digits. The other lists are loaded only when the English one does not do. */
export async function readReceipt(text: string): Promise<Receipt | null> {
  return parseReceipt(text) ?? parseReceipt(text, await otherLists())
}

export async function readHalves(one: string, other: string): Promise<Receipt | null> {
  return joinHalves(one, other, [receiptWords, ...await otherLists()])
}

async function otherLists(): Promise<WordList[]> {
  return Promise.all([listIn("fr"), listIn("es")]).catch(() => [])
}
