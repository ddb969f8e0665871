import { phraseFinder, type Found } from "./phrases.js"

/** Why something in a note gives pause. */
export type NotePause =
  /** It says whether it is believed: "claims", "credible". */
  | "belief"
  /** It says how somebody is, and not what they said or did: "hysterical". */
  | "person"
  /** It is as long as what was told, and not as what was agreed. */
  | "copy"

/** From this length on a note gives pause, in characters. */
const long = 400

const find = phraseFinder<"belief" | "person">({
  belief: [
    "(seems|seemed|appears|appeared)", "(claims|claimed|claiming)", "(alleges|alleged|allegedly|allegation|allegations|supposed|supposedly|so called)",
    "(credible|credibility|believable|unbelievable|plausible|implausible|convincing|unconvincing|truthful|untruthful|far fetched)",
    "(lying|lies|lied|liar)", "(exaggerates|exaggerated|exaggerating|exaggeration)", "(contradicts|contradicted|inconsistent|inconsistency|inconsistencies)",
    "i (don t |do not )?(believe|doubt)", "(his|her|their) (story|version)",
    "(semble|semblait|paraît|parait|paraissait)", "(a|avait) l air", "(prétend|prétendait|prétendument|soi disant|présumée?s?|supposée?s?)",
    "(crédible|crédibles|crédibilité|vraisemblable|invraisemblable|convaincante?s?)", "(ment|mentait|mensonges?|menteur|menteuse)", "(exagère|exagérait|exagération)",
    "(se contredit|contradictoires?|incohérente?s?|incohérences?)", "(sa|leur) version",
    "(parece|parecía)", "(alega|alegaba|presunt[oa]s?|presuntamente|supuest[oa]s?|supuestamente)", "(creíble|credibilidad|verosímil|inverosímil|convincente)",
    "(miente|mentía|mintió|mentira|mentiras|mentiros[oa])", "(exagera|exageraba|exageración)", "(se contradice|contradictori[oa]|incoherente|incoherencias?)", "su versión", "no (le|la|lo) creo",
    "(يبدو|تبدو|بدا|بدت)", "(تدعي|يدعي|ادعى|ادعت|تزعم|يزعم|زعم|زعمت)", "(ال)?مزعومه?", "(صادقه?|كاذبه?|تكذب|يكذب|كذبت)", "(تبالغ|يبالغ|مبالغه)", "(مقنعه?|مصداقيه|مصداقيتها|مصداقيته)",
    "(متناقضه?|تناقض|تتناقض|يتناقض)", "(روايتها|روايته)",
  ],
  person: [
    "(hysterical|hysteria|overemotional|melodramatic|manipulative|vindictive|unstable|aggressive|paranoid|obsessive|attention seeking|promiscuous|naive|oversensitive)",
    "(depressed|traumati[sz]ed|borderline|bipolar|narcissist|narcissistic)",
    "(hystérique|hystérie|théâtrale?|manipulatrice|manipulateur|vindicative|vindicatif|instable|agressive|agressif|parano|paranoïaque|naïve|naïf|susceptible)",
    "(déprimée?|traumatisée?|bipolaire|narcissique)",
    "(histéric[oa]|histeria|melodramátic[oa]|manipuladora?|vengativ[oa]|inestable|agresiv[oa]|paranoic[oa]|ingenu[oa]|susceptible)",
    "(deprimid[oa]|traumatizad[oa]|narcisista)",
    "(هستيريه?|دراميه?|متلاعبه?|انتقاميه?|مضطربه?|عدوانيه?|مهووسه?|ساذجه?|حساسه زياده)", "(مكتئبه?|مصدومه?|نرجسيه?)",
  ],
})

/**
 * What in a note of a case gives pause: judgements of whether something is so or how somebody is, and what is as long as an account. A warning, not a lock:
 * who writes decides. English, French, Spanish and Arabic, whatever language the rest is in.
 */
export function lintNote(text: string): readonly Found<NotePause>[] {
  return [...find(text), ...(text.length > long ? [{ why: "copy", from: 0, to: text.length } as const] : [])]
}
