// The key that is needed to write, made at the first start and shown in the app's log.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Refusal } from "./http.js"

/** The key of this data folder; made when there is none. */
export function openKey(folder) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, "write-key")
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 })
  return readFileSync(file, "utf8").trim()
}

const digest = (text) => createHash("sha256").update(text).digest()

/** A Refusal (401) unless the request bears the key; where no key is wanted everybody may write. */
export function needKey(request, key) {
  if (!key) return
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? ""
  if (timingSafeEqual(digest(given), digest(key))) return
  throw new Refusal(401, "Send the key that the app wrote into its log: Authorization: Bearer …", {
    headers: { "www-authenticate": "Bearer" },
  })
}
