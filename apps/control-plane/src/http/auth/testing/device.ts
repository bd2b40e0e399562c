import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

interface Asked {
  challenge: string
}

/** What a test's device does otherwise than it should. */
interface Odd {
  /** the page that asks, in place of the dashboard */
  origin?: string
  /** it does not ask who uses it */
  unseen?: boolean
}

/** A device with one passkey, as far as WebAuthn (level 3) has it speak. */
export function passkeyDevice(home: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const id = randomBytes(16)
  let uses = 0
  const head = (flags: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(uses++)
    return Buffer.concat([sha256(new URL(home).hostname), Buffer.from([flags]), counter])
  }
  const answer = (odd: Odd, type: string, { challenge }: Asked, more: (data: string) => object) => {
    const client = { type, challenge, origin: odd.origin ?? home, crossOrigin: false }
    const clientDataJSON = Buffer.from(JSON.stringify(client)).toString("base64url")
    const own = { id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {} }
    return { ...own, response: { clientDataJSON, ...more(clientDataJSON) } }
  }
  const seen = (odd: Odd) => (odd.unseen ? 0x01 : 0x05)
  return {
    make: (asked: Asked, odd: Odd = {}) =>
      answer(odd, "webauthn.create", asked, () => {
        const { x = "", y = "" } = publicKey.export({ format: "jwk" })
        const length = Buffer.from([0, id.length])
        const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(x, y)])
        const data = Buffer.concat([head(seen(odd) | 0x40), credential])
        return { attestationObject: text(withoutAttestation(data)), transports: ["internal"] }
      }),
    show: (asked: Asked, odd: Odd = {}) =>
      answer(odd, "webauthn.get", asked, (clientDataJSON) => {
        const data = head(seen(odd))
        const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, "base64url"))])
        return {
          authenticatorData: text(data),
          signature: text(sign("sha256", signed, privateKey)),
        }
      }),
  }
}

const text = (bytes: Buffer) => bytes.toString("base64url")
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest()
const bytesOf32 = (value: string) =>
  Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(value, "base64url")])

/** {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR: a key of ES256. */
const coseKey = (x: string, y: string) =>
  Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytesOf32(x),
    Buffer.from([0x22]),
    bytesOf32(y),
  ])

/** {fmt: "none", attStmt: {}, authData} in CBOR. */
const withoutAttestation = (data: Buffer) =>
  Buffer.concat([
    Buffer.from([0xa3, 0x63, ...Buffer.from("fmt"), 0x64, ...Buffer.from("none")]),
    Buffer.from([0x67, ...Buffer.from("attStmt"), 0xa0]),
    Buffer.from([0x68, ...Buffer.from("authData"), 0x58, data.length]),
    data,
  ])
