import assert from "node:assert/strict"
import { test } from "node:test"
import { lintMessage, type Pause } from "../core/message-linter.js"

const paused: readonly (readonly [Pause, string])[] = [
  ["blame", "Why did you go back there?"], ["blame", "why didn’t you say no"], ["blame", "You should have told someone."], ["doubt", "Are you really sure it was him?"],
  ["doubt", "the alleged incident"], ["doubt", "Do you have any proof?"], ["pressure", "You must report this."], ["promise", "I promise it stays here."], ["word", "as a victim"],
  ["blame", "Pourquoi n’avez-vous rien dit ?"], ["blame", "Vous auriez dû partir."], ["blame", "Pourquoi vous n’avez pas crié ?"], ["doubt", "Êtes-vous sûre de la date ?"], ["doubt", "les faits présumés"],
  ["doubt", "l’agression soi-disant commise"], ["pressure", "Vous devez porter plainte."], ["promise", "Je vous garantis que non."], ["word", "pour l’agresseur"],
  ["blame", "¿Por qué no denunció antes?"], ["blame", "Deberías haber gritado"], ["doubt", "¿Está usted segura?"], ["doubt", "¿Estás seguro?"], ["doubt", "el presunto acoso"], ["doubt", "supuestamente"],
  ["pressure", "Tiene que denunciar."], ["promise", "Le prometo que sí."], ["word", "la víctima"],
  ["blame", "لماذا لم تصرخي؟"], ["blame", "كان يجب عليكِ أن تذهبي"], ["doubt", "هل أنتِ متأكدة؟"], ["doubt", "هل أَنْتَ مُتَأَكِّد؟"], ["doubt", "التحرش المزعوم"], ["pressure", "يجب أن تبلغي الشرطة"],
  ["promise", "أعدكِ بذلك"], ["word", "الضحية"],
]

for (const [why, text] of paused) {
  test(`gives pause (${why}): ${text}`, () => assert.deepEqual(lintMessage(text).map((remark) => remark.why), [why]))
}

const plain = [
  "What would you like to happen next?", "Thank you for writing. I have read it.", "You can say no. There is no hurry.", "I will write again by Friday.", "Are you in a place where you can talk?",
  "Tell me why this matters to you, if you like.", "You do not have to report anything.", "Merci de m’avoir écrit. Vous n’avez rien à décider.", "Je suis sûre que vous avez besoin de temps.",
  "Gracias por escribir. No hay prisa.", "¿Cómo prefiere que le llame?", "شكرا لأنك كتبت. لا داعي للعجلة.", "كيف تحبين أن أناديك؟", "",
]

for (const text of plain) test(`lets pass: ${text}`, () => assert.deepEqual(lintMessage(text), []))

test("points at the words themselves, also across a line, and once", () => {
  const text = "Hello. Why did\n you, and هل أَنْتِ متأكدة؟"
  assert.deepEqual(lintMessage(text).map(({ why, from, to }) => [why, text.slice(from, to)]), [["blame", "Why did\n you"], ["doubt", "هل أَنْتِ متأكدة"]])
})

test("is quick on a long text, and on one made to be slow", () => {
  const began = performance.now()
  lintMessage("why did ".repeat(20_000))
  lintMessage(" ".repeat(50_000) + "are")
  assert.ok(performance.now() - began < 2000)
})
