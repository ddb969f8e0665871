import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const read = (path: string) => readFileSync(path, "utf8").replace(/\/\*[^]*?\*\//g, "")

/** The tokens of both sides, and the style sheet of each. */
const css = ["tokens.css", "vault/style.css", "voices/voices.css"].map(read).join("\n")

/** Each declaration with the selectors it stands under. */
const declarations = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector = "", body = ""]) =>
  [...body.matchAll(/([\w-]+)\s*:\s*([^;]+);?/g)].map(([, name = "", value = ""]) => ({ selector: selector.trim(), name, value: value.trim() })))

test("the style sheet knows a start and an end, and no left and right", () => {
  const physical = /^(?:(?:margin|padding|border|scroll-(?:margin|padding))-(?:left|right|top|bottom)(?:-\w+)*|left|right|top|bottom|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)$/
  const sided = /^(?:text-align|float|clear|caption-side)$/
  assert.ok(declarations.length > 300, `${declarations.length}`)
  for (const { selector, name, value } of declarations) {
    assert.doesNotMatch(name, physical, `${selector} { ${name}: ${value} }`)
    if (sided.test(name)) assert.doesNotMatch(value, /\b(?:left|right)\b/, `${selector} { ${name}: ${value} }`)
    // Four values on one line mean top, right, bottom, left: the sides are only named when they are equal.
    if (/^(?:margin|padding|inset|border-width)$/.test(name)) {
      const sides = value.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "()").split(/\s+/)
      assert.ok(sides.length < 4 || sides[1] === sides[3], `${selector} { ${name}: ${value} }`)
    }
  }
})

test("every colour is a token, with a value for light and one for dark", () => {
  const roots = declarations.filter(({ selector, name }) => selector.endsWith(":root") && name.startsWith("--"))
  const colours = roots.filter(({ value }) => /^#/.test(value)).map(({ name }) => name)
  for (const name of new Set(colours)) assert.ok(name.startsWith("--always-") || colours.filter((one) => one === name).length >= 2, `${name} is the same in light and dark`)
  for (const { selector, name, value } of declarations) {
    if (!selector.endsWith(":root")) assert.doesNotMatch(value, /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(/i, `${selector} { ${name}: ${value} }`)
  }
})

test("every token that is used is there, and every one that is there is used", () => {
  const there = new Set(declarations.filter(({ name }) => name.startsWith("--")).map(({ name }) => name))
  const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name ?? ""))
  assert.deepEqual([...used].filter((name) => !there.has(name)), [])
  assert.deepEqual([...there].filter((name) => !used.has(name)), [])
})
