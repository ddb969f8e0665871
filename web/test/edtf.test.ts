import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { readDate } from "../core/date-words.js"
import { boundsOf, formatEdtf, parseEdtf, singleDate } from "../core/edtf.js"

const typed: readonly (readonly [language: string, text: string, edtf: string | null])[] = [
  ["en", "spring 2019", "2019-21"], ["en", "around May 2019", "2019-05~"], ["en", "between 2018 and 2020", "2018/2020"],
  ["en", "most Fridays, spring 2019", "2019-21"], ["en", "before June 2019", "../2019-06"], ["en", "since March 2020", "2020-03/.."],
  ["en", "3 May 2019", "2019-05-03"], ["en", "May 3rd, 2019", "2019-05-03"], ["en", "the 3rd of May 2019", "2019-05-03"],
  ["en", "maybe 3 May 2019", "2019-05-03?"], ["en", "3 May 2019?", "2019-05-03?"], ["en", "around spring 2019", "2019-21~"],
  ["en", "perhaps around May 2019", "2019-05%"], ["en", "2019", "2019"], ["en", "in 2019", "2019"], ["en", "Sept 2019", "2019-09"],
  ["en", "Fall 2021", "2021-23"], ["en", "winter 2020", "2020-24"], ["en", "from spring 2019 to summer 2020", "2019-21/2020-22"],
  ["en", "spring 2019 - summer 2020", "2019-21/2020-22"], ["en", "2018-2020", "2018/2020"], ["en", "2018–2020", "2018/2020"],
  ["en", "2019-05-03", "2019-05-03"], ["en", "2019-05", "2019-05"], ["en", "13/05/2019", "2019-05-13"], ["en", "05/13/2019", "2019-05-13"],
  ["en", "5/5/2019", "2019-05-05"], ["en", "3/4/2019", null], ["en", "31 February 2019", null], ["en", "a while ago", null], ["en", "", null],
  ["en", "late 2019", "2019~"], ["en", "between around May 2019 and 2020", "2019-05~/2020"], ["en", "2019-04-XX", "2019-04-XX"],
  ["en", "2019 2020 2021", null], ["en", "room 12, 2019", "2019"], ["en", "until summer 2020", "../2020-22"],
  ["fr", "printemps 2019", "2019-21"], ["fr", "au printemps de 2019", "2019-21"], ["fr", "vers mai 2019", "2019-05~"], ["fr", "entre 2018 et 2020", "2018/2020"],
  ["fr", "le 3 mai 2019", "2019-05-03"], ["fr", "1er août 2019", "2019-08-01"], ["fr", "3/4/2019", "2019-04-03"], ["fr", "avant juin 2019", "../2019-06"],
  ["fr", "depuis février 2020", "2020-02/.."], ["fr", "l'été 2020", "2020-22"], ["fr", "peut-être en décembre 2018", "2018-12?"],
  ["fr", "de mars 2019 à juin 2019", "2019-03/2019-06"], ["fr", "fin 2019", "2019~"],
  ["es", "primavera de 2019", "2019-21"], ["es", "hacia mayo de 2019", "2019-05~"], ["es", "entre 2018 y 2020", "2018/2020"],
  ["es", "3 de mayo de 2019", "2019-05-03"], ["es", "antes de junio de 2019", "../2019-06"], ["es", "desde marzo de 2020", "2020-03/.."],
  ["es", "otoño 2020", "2020-23"], ["es", "quizás el 4 de enero de 2021", "2021-01-04?"],
  ["ar", "ربيع 2019", "2019-21"], ["ar", "ربيع ٢٠١٩", "2019-21"], ["ar", "حوالي مايو ٢٠١٩", "2019-05~"], ["ar", "بين ٢٠١٨ و ٢٠٢٠", "2018/2020"],
  ["ar", "بين 2018 و2020", "2018/2020"], ["ar", "٣ مايو ٢٠١٩", "2019-05-03"], ["ar", "٣/٤/٢٠١٩", "2019-04-03"], ["ar", "قبل يونيو 2019", "../2019-06"],
  ["ar", "منذ مارس 2020", "2020-03/.."], ["ar", "جانفي 2020", "2020-01"], ["ar", "كانون الثاني 2020", "2020-01"], ["ar", "صيف 2020", "2020-22"],
  ["fr", "spring 2019", "2019-21"], ["ar", "mai 2019", "2019-05"],
]

test("a date is read as people write it, in four languages", () => {
  for (const [language, text, edtf] of typed) assert.equal(readDate(text, language), edtf, `${language}: ${text}`)
})

const singles = fc.tuple(fc.integer({ min: 1000, max: 9999 }), fc.option(fc.constantFrom(1, 2, 5, 11, 12, 21, 22, 23, 24, 25, 28, 29, 32)),
  fc.option(fc.oneof(fc.constant("XX" as const), fc.integer({ min: 1, max: 28 }))), fc.boolean(), fc.boolean())
  .map(([year, month, day, approximate, uncertain]) => singleDate(year, month, month !== null && month <= 12 ? day : null, approximate, uncertain))
const dates = fc.oneof(singles, fc.tuple(singles, fc.option(singles)).map(([from, to]) => ({ from, to })))

test("what is written is read again, and its first day is not after its last", () => {
  fc.assert(fc.property(dates, (date) => {
    assert.ok(date)
    const text = formatEdtf(date)
    assert.deepEqual(parseEdtf(text), date)
    const bounds = boundsOf(text)
    assert.ok(bounds)
    if (!("from" in date)) assert.ok((bounds.earliest ?? 0) <= (bounds.latest ?? 0))
  }), { numRuns: 2000 })
})

test("reading never fails, and what it gives is EDTF", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom("en", "fr", "es", "ar", "pl"), (text, language) => {
    const read = readDate(text, language)
    assert.ok(read === null || parseEdtf(read) !== null, text)
  }), { numRuns: 2000 })
})

test("bounds follow the calendar, leap years and both hemispheres", () => {
  const day = (iso: string) => Date.parse(iso) / 86_400_000
  const expected: readonly (readonly [string, string | null, string | null])[] = [
    ["2019", "2019-01-01", "2019-12-31"], ["2020-02", "2020-02-01", "2020-02-29"], ["2019-02-XX", "2019-02-01", "2019-02-28"],
    ["2019-21", "2019-03-01", "2019-05-31"], ["2019-29", "2019-09-01", "2019-11-30"], ["2019-24", "2018-12-01", "2020-02-29"],
    ["2019-22", "2019-06-01", "2019-08-31"], ["2018/2020", "2018-01-01", "2020-12-31"], ["../2019-06", null, "2019-06-30"], ["2019-05-03?", "2019-05-03", "2019-05-03"],
  ]
  for (const [edtf, first, last] of expected) {
    assert.deepEqual(boundsOf(edtf), { earliest: first && day(first), latest: last && day(last) }, edtf)
  }
  assert.deepEqual(boundsOf("2019-21", true), boundsOf("2019-29"))
  assert.equal(boundsOf("2019-13"), null)
  assert.equal(boundsOf("2019-02-30"), null)
})
