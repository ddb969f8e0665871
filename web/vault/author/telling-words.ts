/** Words that would tell whoever reads a mail what this is about, in the languages of these pages. What begins with one counts too. */
const telling = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    "we ?too|#?me ?too|match|report|accounts?(?!ing|ant)|cases?(?![\\p{L}])|harass|abus|assault|rape|police|lawyer|counsell?or|escrow|complain|witness|evidence",
    "signal|récit|dossier|harc[eè]l|agress|viol(?![ao]n)|plainte|avocat|conseill[eè]r|témoin|preuve",
    "denunci|relato|acos|agres|violaci|policía|abogad|consejer|testig|prueba",
    "(?:ال)?(?:تحرش|اعتداء|اغتصاب|شرطة|محام|بلاغ|شكوى|قضية|شاهد)",
  ].join("|")})`, "iu")

/** Whether a text says what this is. */
export function tellsWhatThisIs(text: string): boolean {
  return telling.test(text.normalize("NFKC"))
}
