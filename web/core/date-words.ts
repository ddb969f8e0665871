import { formatEdtf, singleDate, type Edtf, type SingleDate } from "./edtf.js"

/** The words of a language that a date may stand between. Written without accents and in small letters, as `plain` makes them. */
interface Vocabulary {
  /** Where month names are taken from. */
  readonly locales: readonly string[]
  readonly seasons: readonly (readonly string[])[]
  readonly about: readonly string[]
  readonly perhaps: readonly string[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Stands before the first of two dates. */
  readonly between: readonly string[]
  /** Stands between two dates. */
  readonly and: readonly string[]
  /** Whether 3/4/2019 is the third of April; null when people of this language write both. */
  readonly dayFirst: boolean | null
}

const vocabularies: Readonly<Record<string, Vocabulary>> = {
  en: {
    locales: ["en"],
    seasons: [["spring"], ["summer"], ["autumn", "fall"], ["winter"]],
    about: ["around", "about", "circa", "ca", "approximately", "roughly", "early", "late", "mid"],
    perhaps: ["maybe", "perhaps", "probably", "possibly", "i think", "not sure"],
    before: ["before", "until", "till", "up to"],
    after: ["after", "since", "from"],
    between: ["between", "from"],
    and: ["and", "to", "until", "till", "through"],
    dayFirst: null,
  },
  fr: {
    locales: ["fr"],
    seasons: [["printemps"], ["ete"], ["automne"], ["hiver"]],
    about: ["vers", "environ", "autour de", "autour du", "aux alentours de", "debut", "fin", "mi"],
    perhaps: ["peut-etre", "je crois", "probablement", "sans doute"],
    before: ["avant", "jusqu'a", "jusqu'en", "jusqu'au"],
    after: ["apres", "depuis", "a partir de", "a partir du", "des"],
    between: ["entre", "de", "du", "depuis"],
    and: ["et", "a", "au", "jusqu'a", "jusqu'en", "jusqu'au"],
    dayFirst: true,
  },
  es: {
    locales: ["es"],
    seasons: [["primavera"], ["verano"], ["otono"], ["invierno"]],
    about: ["hacia", "alrededor de", "alrededor del", "aproximadamente", "sobre", "principios de", "finales de", "mediados de"],
    perhaps: ["quiza", "quizas", "tal vez", "creo", "probablemente"],
    before: ["antes de", "antes del", "hasta"],
    after: ["despues de", "despues del", "desde", "a partir de"],
    between: ["entre", "de", "desde"],
    and: ["y", "e", "a", "hasta"],
    dayFirst: true,
  },
  ar: {
    locales: ["ar", "ar-TN", "ar-DZ", "ar-MA", "ar-SY", "ar-IQ"],
    seasons: [["ربيع", "الربيع"], ["صيف", "الصيف"], ["خريف", "الخريف"], ["شتاء", "الشتاء"]],
    about: ["حوالي", "نحو", "تقريبا", "قرابه", "اوايل", "اوائل", "اواخر", "منتصف"],
    perhaps: ["ربما", "اظن", "اعتقد", "لعل"],
    before: ["قبل", "حتي"],
    after: ["بعد", "منذ"],
    between: ["بين", "من"],
    and: ["و", "الي", "حتي"],
    dayFirst: true,
  },
}

const anyDigits = /\p{Nd}/gu

/**
 * Reads a date as somebody typed it, in English, French, Spanish or Arabic: "spring 2019", "around May 2019", "between
 * 2018 and 2020", "most Fridays, spring 2019". Words around it are passed over.
 *
 * @returns EDTF, or `null` when there is no date in it, or when it can be read in two ways.
 */
export function readDate(typed: string, language: string): string | null {
  const words = plain(typed)
  if (/^[\d.][\dX/.~?%-]*$/.test(typed.trim())) {
    const iso = isoLike(typed.trim())
    if (iso !== null) return iso
  }
  const own = vocabularies[language.split("-")[0] ?? ""]
  // People mix languages: the reading that says most is meant, and of equal ones their own language's.
  const readings = [...(own ? [own] : []), ...Object.values(vocabularies)].map((vocabulary) => readIn(words, vocabulary))
  if (readings[0] === "unclear") return null
  const dates = readings.filter((reading) => reading !== null && reading !== "unclear").map(formatEdtf)
  return dates.reduce<string | null>((best, date) => (best !== null && best.length >= date.length ? best : date), null)
}

/** ISO dates and EDTF itself. */
function isoLike(text: string): string | null {
  const sides = text.split("/")
  if (sides.length > 2) return null
  const read = sides.map((side) => (side === ".." ? ".." : singleOf(side)))
  return read.includes(null) ? null : read.join("/")
}

function singleOf(text: string): string | null {
  const match = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?|XX))?)?([~?%])?$/.exec(text)
  if (match === null) return null
  const [, year, month, day, mark] = match
  const date = singleDate(Number(year), month ? Number(month) : null, day === "XX" ? "XX" : day ? Number(day) : null, mark === "~" || mark === "%", mark === "?" || mark === "%")
  return date && formatEdtf(date)
}

type Found = { readonly date: SingleDate, readonly start: number, readonly end: number }

function readIn(text: string, vocabulary: Vocabulary): Edtf | "unclear" | null {
  const found = datesIn(text, vocabulary)
  if (found === "unclear" || found.length === 0 || found.length > 2) return found === "unclear" || found.length > 2 ? "unclear" : null

  const perhaps = endsOrHolds(text, vocabulary.perhaps) || text.includes("?")
  const [first, second] = found
  if (first === undefined) return null
  const head = text.slice(0, first.start).trim()
  const one = (at: Found, before: string) => ({ ...at.date, approximate: endsWithAny(before, vocabulary.about), uncertain: perhaps })
  if (second === undefined) {
    const date = one(first, head)
    const opening = date.approximate ? withoutLast(head, vocabulary.about) : head
    if (endsWithAny(opening, vocabulary.before)) return { from: null, to: date }
    if (endsWithAny(opening, vocabulary.after)) return { from: date, to: null }
    return date
  }
  const middle = text.slice(first.end, second.start).trim()
  const spans = /^[-–—/]$/.test(middle) || startsWithAny(middle, vocabulary.and)
  return spans ? { from: one(first, head), to: one(second, middle) } : "unclear"
}

/** Every date that stands in a text, longest first reading, left to right. */
function datesIn(text: string, vocabulary: Vocabulary): Found[] | "unclear" {
  const months = monthsOf(vocabulary)
  const names = [...months.keys()].sort((a, b) => b.length - a.length).map(escape).join("|")
  const seasons = vocabulary.seasons.flat().map(escape).join("|")
  const link = "(?:[\\s,.]|\\b(?:of|the|de|del|du|la|le|l')\\b)*"
  const pattern = new RegExp([
    `(?<isoYear>\\d{4})-(?<isoMonth>\\d{1,2})(?:-(?<isoDay>\\d{1,2}))?(?!\\d)`,
    `(?<a>\\d{1,2})[./](?<b>\\d{1,2})[./](?<numYear>\\d{4})`,
    `(?<!\\d)(?<day1>\\d{1,2})(?:st|nd|rd|th|er|º|ª)?${link}(?<month1>${names})${link}(?<year1>\\d{4})`,
    `(?<month2>${names})${link}(?<day2>\\d{1,2})(?:st|nd|rd|th)?${link}(?<year2>\\d{4})`,
    `(?<month3>${names})${link}(?<year3>\\d{4})`,
    `(?<season>${seasons})${link}(?<year4>\\d{4})`,
    `(?<!\\d)(?<!(?<!\\d{4})[/.-])(?<year5>(?:19|20)\\d{2})(?!\\d|[/.-]\\d{1,2}(?!\\d))`,
  ].join("|"), "gu")
  const found: Found[] = []
  for (const match of text.matchAll(pattern)) {
    const date = dateOf(match.groups ?? {}, months, vocabulary)
    if (date === null || date === "unclear") return "unclear"
    found.push({ date, start: match.index, end: match.index + match[0].length })
  }
  return found
}

function dateOf(g: Readonly<Record<string, string | undefined>>, months: ReadonlyMap<string, number>, { seasons, dayFirst }: Vocabulary): SingleDate | "unclear" | null {
  const n = (text: string | undefined) => (text === undefined ? null : Number(text))
  if (g["isoYear"]) return singleDate(Number(g["isoYear"]), n(g["isoMonth"]), n(g["isoDay"]))
  if (g["numYear"]) {
    const [a, b, year] = [Number(g["a"]), Number(g["b"]), Number(g["numYear"])]
    if (dayFirst === null && a <= 12 && b <= 12 && a !== b) return "unclear"
    const isDayFirst = dayFirst ?? a > 12
    return isDayFirst ? singleDate(year, b, a) : singleDate(year, a, b)
  }
  const year = Number(g["year1"] ?? g["year2"] ?? g["year3"] ?? g["year4"] ?? g["year5"])
  const month = g["month1"] ?? g["month2"] ?? g["month3"]
  if (month !== undefined) return singleDate(year, months.get(month) ?? null, n(g["day1"] ?? g["day2"]))
  if (g["season"] !== undefined) return singleDate(year, 21 + seasons.findIndex((words) => words.includes(g["season"] ?? "")))
  return singleDate(year)
}

/** Names of months, long and short, without accents. */
function monthsOf({ locales }: Vocabulary): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const locale of locales) {
    for (const style of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC", calendar: "gregory" })
      for (let month = 1; month <= 12; month += 1) {
        const name = plain(format.format(Date.UTC(2001, month - 1, 15))).replace(/\.$/, "")
        if (!/\d/.test(name)) names.set(name, month)
      }
    }
  }
  if (locales[0] === "en") names.set("sept", 9)
  return names
}

/** Small letters, no accents, ASCII digits, one kind of space and of Arabic letters that people write in several ways. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFKC").toLowerCase()
    .replace(anyDigits, (digit) => String(digitOf(digit)))
    .replace(/[أإآٱ]/gu, "ا").replace(/ى/gu, "ي").replace(/ة/gu, "ه").replace(/[ؤئ]/gu, "ي").replaceAll("ء", "")
    .replaceAll("’", "'").replace(/،/gu, ",").replace(/؟/gu, "?").replace(/\s+/gu, " ").trim()
}

/** The value of a decimal digit of any script: they stand in Unicode in runs of ten, from 0 on. */
function digitOf(digit: string): number {
  let code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1)) && !/^[0٠۰]$/u.test(String.fromCodePoint(code))) {
    code -= 1
    value += 1
  }
  return value
}

function endsWithAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => new RegExp(`(?:^|[\\s,(])${escape(word)}(?:\\s+(?:the|in|of|en|de|du|la|le|l'|el))*[\\s,-]*$`, "u").test(text))
}

function startsWithAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => new RegExp(`^[\\s,]*${escape(word)}(?:$|[\\s,]|(?<=\\p{Script=Arabic}))`, "u").test(text))
}

function endsOrHolds(text: string, words: readonly string[]): boolean {
  return words.some((word) => new RegExp(`(?:^|[\\s,(])${escape(word)}(?:$|[\\s,)])`, "u").test(text))
}

function withoutLast(text: string, words: readonly string[]): string {
  const word = words.find((each) => endsWithAny(text, [each])) ?? ""
  return text.slice(0, text.lastIndexOf(word)).trim()
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
