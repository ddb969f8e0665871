import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { scryptAsync } from "@noble/hashes/scrypt.js"
import { ageFile, base64 } from "./age.js"
import { ascii, concat, type Random } from "./bytes.js"

/** Base-2 logarithm of scrypt's N: 32 MiB, which any phone has. The words have 88 bits of their own. docs/adr/0043. */
const workFactor = 15

/** Seals to whoever has the passphrase. C2SP age, version 1, "scrypt recipient stanza". */
export async function encryptForPassphrase(passphrase: string, plaintext: Uint8Array, random: Random): Promise<Uint8Array> {
  const [fileKey, salt] = [random(16), random(16)]
  const key = await scryptAsync(new TextEncoder().encode(passphrase.normalize("NFC")), concat(ascii("age-encryption.org/v1/scrypt"), salt), { N: 2 ** workFactor, r: 8, p: 1, dkLen: 32 })
  const body = chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey) // The key is used once.
  return ageFile(`-> scrypt ${base64(salt)} ${workFactor}\n${base64(body)}\n`, fileKey, plaintext, random)
}
