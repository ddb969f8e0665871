/** What nobody can promise someone who was harmed, and words that judge; in small letters. Letters of any script end a word. */
export const banned = {
  en: [
    /anonymous/, /untraceable/, /100\s*%/, /guarantee/, /\bsafe(ly|ty|r)?\b/, /\bsecure/, /court-proof/, /admissible/, /evidence-grade/,
    /\bproves?\b/, /\bjustice\b/, /stop abusers/, /you are not alone/, /we will notify you/, /only you can ever/, /deleted forever/,
    /confidential/, /perpetrator/, /abuser/, /\balleg/, /\bvictim/, /\bbrave\b/, /your truth/, /don't worry/, /!/, /military/,
  ],
  fr: [
    /anonym/, /intraçable|sans (laisser de )?trace/, /100\s*%/, /garanti/, words("sûrs?|sûres?|sûreté|sécurité|sécurisée?s?|sans danger|à l['’]abri"), /recevable/,
    /(qualité|valeur) de preuve/, words("prouvent?|prouvera"), words("justice"), /vous n['’]êtes pas seul/, /nous vous (préviendrons|avertirons)/,
    /(effac|supprim)\S* (pour toujours|à jamais|définitivement)/, /vous (seule?|êtes la seule personne) pou/, /confidenti/, /agresseur|bourreau|harceleu/, words("présumée?s?|prétendue?s?"), words("victimes?"),
    /courage/, /votre vérité/, /ne vous inquiétez/, /!/, /militaire/,
  ],
  es: [
    /anónim/, /irrastreable|sin dejar (rastro|huella)/, /100\s*%/, /garant/, words("segur[oa]s?|seguridad|seguramente|a salvo"), /admisible/, /calidad de prueba|valor probatorio/,
    words("prueba que|demuestra|demuestran"), words("justicia"), /no estás sol/, /te (avisaremos|notificaremos)/, /(borra|elimina)\S* (para siempre|definitivamente)/,
    /solo tú podrás/, /confidencial/, /agresor|acosador|abusador/, words("presunt[oa]s?|supuest[oa]s?"), words("víctimas?"), words("valiente"), /tu verdad/, /no te preocupes/, /[!¡]/, /militar/,
  ],
  ar: [
    words("(ال)?(مجهول|مجهولة)"), /لا يمكن تتبع/, /(100|١٠٠)\s*[%٪]/, words("(ال)?(مضمون|مضمونة|ضمان|ضمانة)|نضمن|يضمن|تضمن"), words("ب?(ال)?(آمن|آمنة|أمان|مؤمن|مؤمنة)"),
    /مقبول\S* (أمام|لدى) (ال)?محكمة/, words("(ي|ت)ثبت"), words("(ال)?عدالة"), /لست وحدك/, /سنخبرك|سنعلمك|سنبلغك/, /(حذف|محو|مسح)\S* (إلى الأبد|نهائي)/, words("(ال)?(سري|سرية|سرّي|سرّية)"),
    words("(ال)?(جاني|جانٍ|معتدي|معتدٍ|متحرش|متحرّش)"), words("(ال)?(مزعوم|مزعومة)"), words("(ال)?(ضحية|ضحيّة|ضحايا)"), /شجاع/, words("حقيقتك"), /لا تقلق/, /!/, /عسكري/,
  ],
} as const

/** The question that sounds like blame. */
export const whyOf = { en: words("why"), fr: words("pourquoi"), es: /por qué/, ar: words("لماذا|لم|ليش") } as const

/** Forms that fit only a woman or only a man, where a text speaks to the reader. Arabic verbs in the present and orders are such forms. */
export const gendered = {
  fr: [/[·⋅]|\(e\)|\(ne\)/, words("vous (êtes|étiez|serez) (seule?|prête?|certaine?|inquiet|inquiète|allée?|venue?)")],
  es: [/@\B|\(a\)|\/a\b/, words("estás (solo|sola|listo|lista|preparado|preparada|cansado|cansada)"), words("bienvenid[oa]")],
  ar: [words("و?(اكتب|اكتبي|اضغط|اضغطي|اختر|اختاري|افتح|افتحي|أغلق|أغلقي|احتفظ|احتفظي|انسخ|انسخي|أضف|أضيفي|ابدأ|ابدئي|حاول|حاولي|انظر|انظري|تذكر|تذكري|قل|قولي|جرب|جربي|عودي)"),
    words("(تستطيع|تستطيعين|تريد|تريدين|ترغب|ترغبين|تحتاج|تحتاجين|تقرر|تقررين|تعرف|تعرفين)")],
} as const

function words(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${pattern})(?![\\p{L}\\p{M}])`, "u")
}
