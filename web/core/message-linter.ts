import { phraseFinder } from "./phrases.js"

/** Why a phrase in a message to an author gives pause. */
export type Pause =
  /** It puts what happened on the author: "why did you". */
  | "blame"
  /** It asks for proof, or says that it may not be so: "are you sure", "alleged". */
  | "doubt"
  /** It pushes: "you must report". */
  | "pressure"
  /** It promises what nobody can keep. */
  | "promise"
  /** A word that is the author's to choose: "victim". */
  | "word"

/** Phrases by what they do, in the four languages. */
const phrases: Readonly<Record<Pause, readonly string[]>> = {
  blame: [
    "why (did|didn t|did not|were|weren t|would|wouldn t|have|haven t) you", "how come you", "what (were|did) you (wear|wearing|drink|drinking)", "you (should|could|ought to) (not )?have",
    "did you (provoke|encourage|lead him on|say no)", "calm down",
    "pourquoi (ne |n )?(avez|aviez|êtes|etes|étiez|etiez) vous", "pourquoi (ne |n )?(as|avais|es|étais|etais) tu", "pourquoi (est ce que )?(vous|tu) (ne |n )?(avez|aviez|êtes|étiez|as|avais|es|étais)",
    "(vous auriez|tu aurais) (dû|du|pu)", "(que|comment) (portiez|étiez) vous", "(calmez vous|calme toi)",
    "por ?qu[eé] (no )?(lo |le |se |te )?(hizo|hiciste|fue|fuiste|dijo|dijiste|denunció|denunciaste|esperó|esperaste|gritó|gritaste|bebió|bebiste) ?(usted)?",
    "(debería|deberías|tendría que|tendrías que|podía|podías) haber", "qu[eé] (llevaba|llevabas) puest[oa]", "(cálmese|cálmate)",
    "لماذا (لم|لا|ما) \\p{L}+", "لماذا (كنت|كنتي|فعلت|فعلتي|ذهبت|ذهبتي|انتظرت|سكت|بقيت|شربت)", "لم لم \\p{L}+", "كان (يجب |ينبغي )?عليك", "ماذا كنت (ترتدين|ترتدي|تلبسين|تلبس)", "(اهدئي|اهدا)",
  ],
  doubt: [
    "are you (really |quite |absolutely )?(sure|certain)", "(alleged|allegedly|allegation|allegations|supposed|supposedly|so called)", "can you prove", "do you have (any )?proof", "you claim", "your claim", "(misunderstood|misunderstanding)",
    "(êtes|etes) vous (bien |vraiment )?(sûre?s?|sure?s?|certaine?s?)", "(es tu|tu es) (bien |vraiment )?(sûre?|sure?|certaine?)", "vous êtes (bien |vraiment )?(sûre?s?|certaine?s?)",
    "(présumée?s?|presumée?s?|prétendue?s?|prétendument|soi disant|supposée?s?)", "(pouvez vous|peux tu) (le )?prouver", "(avez vous|as tu) (des |une )?preuves?", "vous prétendez", "malentendu",
    "(est[aá]s?|está usted) (realmente |bien )?segur[oa]s?", "(presunt[oa]s?|presuntamente|supuest[oa]s?|supuestamente)", "(puede|puedes) (probarlo|demostrarlo)", "(tiene|tienes) pruebas?", "(usted )?alega", "malentendido",
    "هل (انت|انتي) (متاكد|متاكده|واثق|واثقه)", "(متاكد|متاكده) (انت|انتي)", "(ال)?مزعومه?", "(المدعي|المدعى) (به|بها)", "هل (لديك|عندك) (دليل|ادله|اثبات)", "(تدعي|تدعين|تزعم|تزعمين)", "سوء (فهم|تفاهم)",
  ],
  pressure: [
    "you (must|have to|need to|ought to) (report|tell|go|decide|answer|hurry)", "you owe it", "think of the (other|others|next)", "before it s too late",
    "(vous devez|tu dois|il faut que (vous|tu)) (absolument )?(porter|portiez|portes|signaler|signaliez|dénoncer|parler|répondre|décider)", "pensez aux autres", "avant qu il (ne )?soit trop tard",
    "(tiene|tienes) que (denunciar|decidir|hablar|responder|contestar)", "(debe|debes) (denunciar|decidir|hablar|responder|contestar)", "piens[ae] en (las|los) demás", "antes de que sea tarde",
    "(يجب|لازم|عليك) ان (تبلغ|تبلغي|تقرر|تقرري|تتكلم|تتكلمي|ترد|تردي|تشتكي)", "فكري? في (الاخريات|الاخرين|غيرك)", "قبل فوات الاوان",
  ],
  promise: [
    "(i|we) (promise|guarantee)", "(guaranteed|100 ?%)", "(totally|completely|perfectly) (safe|anonymous|secure)", "will be (punished|fired)", "nobody will (ever )?(know|find out)",
    "(je vous|je te|nous vous) (promets|promettons|garantis|garantissons)", "personne ne (le )?saura", "sera (puni|licencié)e?",
    "(le|te) (prometo|garantizo)", "nadie (lo )?sabrá", "será (castigad|despedid)[oa]",
    "(اعدك|نعدك|اضمن لك|نضمن لك)", "لن يعرف احد", "(سيعاقب|سيفصل)",
  ],
  word: [
    "(victim|victims|perpetrator|perpetrators|abuser|abusers)", "(la victime|les victimes|l agresseur|les agresseurs)", "(la víctima|las víctimas|el agresor|los agresores)", "(الضحيه|الضحايا|الجاني|الجناه)",
  ],
}

/**
 * What gives pause in a message to an author, in the order of the text. A warning, not a lock: who writes decides. It looks for phrases in
 * English, French, Spanish and Arabic, whatever language the rest is in.
 */
export const lintMessage = phraseFinder(phrases)
