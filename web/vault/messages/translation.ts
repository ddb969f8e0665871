/** The texts of another language by the keys of `en.ts`. A test names what is missing or of no use. */
export type Translation = Readonly<Record<string, string>>
