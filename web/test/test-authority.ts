import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const config = `
[ tsa ]
default_tsa = own
[ own ]
dir = .
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ stamp ]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ mail ]
basicConstraints = CA:FALSE
extendedKeyUsage = critical, emailProtection
[ ca ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[ req ]
distinguished_name = name
[ name ]
`

/** A small authority: OpenSSL signs when something was there. */
export class TestAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), "authority-"))

  /** @param kind - Of its key, for `openssl genpkey`. */
  constructor(kind: readonly string[] = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]) {
    writeFileSync(join(this.#folder, "openssl.cnf"), config)
    writeFileSync(join(this.#folder, "serial"), "01\n")
    this.#run("genpkey", ...kind, "-out", "ca.key")
    this.#run("genpkey", ...kind, "-out", "tsa.key")
    this.#run("req", "-config", "openssl.cnf", "-x509", "-new", "-key", "ca.key", "-subj", "/O=Times of Tests/CN=Root of Tests", "-days", "3650", "-extensions", "ca", "-out", "ca.pem")
    this.#run("req", "-config", "openssl.cnf", "-new", "-key", "tsa.key", "-subj", "/O=Times of Tests/CN=Clock of Tests", "-out", "tsa.csr")
    this.#run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days", "3650", "-extfile", "openssl.cnf", "-extensions", "stamp", "-out", "tsa.pem")
  }

  /** What somebody pins who believes it. */
  get root(): Uint8Array {
    return this.#read("ca.pem")
  }

  /** A token over a text. */
  stamp(text: string, hash = "sha256"): Uint8Array {
    writeFileSync(join(this.#folder, "text"), text)
    this.#run("ts", "-query", "-data", "text", `-${hash}`, "-cert", "-out", "query")
    this.#run("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query", "-token_out", "-out", "token")
    return this.#read("token")
  }

  close(): void {
    rmSync(this.#folder, { recursive: true })
  }

  #read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.#folder, name)))
  }

  #run(...args: readonly string[]): void {
    execFileSync("openssl", args, { cwd: this.#folder, stdio: "pipe" })
  }
}
