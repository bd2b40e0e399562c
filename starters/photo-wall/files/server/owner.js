// The app's one owner. Who comes first must not become the owner by that alone, since the app may be
// open to everybody: the password is chosen with a setup code that only the app's log shows.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { cookieHeaders, readCookie } from "./cookies.js"
import { addressOf, Refusal } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { hashPassword, isPassword } from "./passwords.js"

export const ownerSchema = `
CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY CHECK (id = 1), setup_code TEXT NOT NULL, password TEXT);
CREATE TABLE IF NOT EXISTS owner_sessions (secret_hash TEXT PRIMARY KEY, until_ms INTEGER NOT NULL)`

const cookie = "owner"
const daySeconds = 86_400
const daysSignedIn = 30
const passwordLength = { min: 10, max: 200 }

export function makeOwner(db) {
  db.prepare("INSERT OR IGNORE INTO owner (id, setup_code) VALUES (1, ?)").run(newCode())
  const row = () => db.prepare("SELECT * FROM owner WHERE id = 1").get()
  if (!row().password)
    console.log(`No owner yet. Open /owner/sign-in; the setup code is ${row().setup_code}`)
  const says = "Too many tries. Wait a quarter of an hour."
  const tries = makeLimiter({ most: 10, withinMs: 15 * 60_000, says })
  return {
    /** Whether somebody chose the owner's password. */
    exists: () => Boolean(row().password),
    /** Whether this request is the owner's. */
    asks: (request) => isOwner(db, request),
    /** Headers by which the browser is the owner's from now on; a Refusal when the form is not right. */
    async enter(request, form) {
      tries.take(addressOf(request))
      await (row().password ? signIn(row(), form) : setUp(db, row(), form))
      return begin(db, request)
    },
    leave(request) {
      db.prepare("DELETE FROM owner_sessions WHERE secret_hash = ?").run(
        hash(readCookie(request, cookie) ?? ""),
      )
      return cookieHeaders(request, cookie, { value: "", seconds: 0 })
    },
  }
}

const digest = (text) => createHash("sha256").update(text).digest()
const hash = (secret) => digest(secret).toString("hex")

function isOwner(db, request) {
  const secret = readCookie(request, cookie)
  if (!secret) return false
  const found = db
    .prepare("SELECT until_ms FROM owner_sessions WHERE secret_hash = ?")
    .get(hash(secret))
  return Boolean(found && found.until_ms > Date.now())
}

async function signIn({ password }, form) {
  if (!(await isPassword((form.password ?? "").slice(0, passwordLength.max), password)))
    throw new Refusal(403, "That is not the password.")
}

async function setUp(db, { setup_code: code }, form) {
  const given = (form.code ?? "").trim().toUpperCase()
  if (!timingSafeEqual(digest(given), digest(code)))
    throw new Refusal(403, "That is not the setup code in the app's log.")
  const password = form.password ?? ""
  if (password.length < passwordLength.min || password.length > passwordLength.max)
    throw new Refusal(422, `Choose a password of at least ${passwordLength.min} characters.`)
  const { changes } = db
    .prepare("UPDATE owner SET password = ?, setup_code = '' WHERE id = 1 AND password IS NULL")
    .run(await hashPassword(password))
  if (changes === 0) throw new Refusal(409, "The owner's password was chosen already.")
  // whoever was the owner before is not any more
  db.exec("DELETE FROM owner_sessions")
}

function begin(db, request) {
  const secret = randomBytes(32).toString("base64url")
  const seconds = daysSignedIn * daySeconds
  db.prepare("DELETE FROM owner_sessions WHERE until_ms < ?").run(Date.now())
  db.prepare("INSERT INTO owner_sessions (secret_hash, until_ms) VALUES (?, ?)").run(
    ...[hash(secret), Date.now() + seconds * 1000],
  )
  return cookieHeaders(request, cookie, { value: secret, seconds })
}

// letters and digits that nobody mistakes for one another
const signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

function newCode() {
  const picked = [...randomBytes(12)].map((byte) => signs[byte % signs.length])
  return [0, 4, 8].map((at) => picked.slice(at, at + 4).join("")).join("-")
}
