// Accounts of this app, present only when app.json keeps something for some people. The owner is made
// once, with a code that the app prints when it starts: whoever can read its log owns it.
import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { Refusal } from "./http.js"

const derive = promisify(scrypt)
const most = { accounts: 10_000, failures: 5 }
const sessionDays = 30
const waitMs = 60_000

export function openAccounts(db) {
  db.exec(`CREATE TABLE IF NOT EXISTS _accounts (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, secret TEXT NOT NULL,
      is_owner INTEGER NOT NULL, created_at TEXT NOT NULL);
    CREATE UNIQUE INDEX IF NOT EXISTS _one_owner ON _accounts (is_owner) WHERE is_owner = 1;
    CREATE TABLE IF NOT EXISTS _sessions (
      token TEXT PRIMARY KEY, account INTEGER NOT NULL, until TEXT NOT NULL)`)
  const at = { db, code: newCode(), failures: new Map() }
  return {
    hasOwner: () => hasOwner(db),
    /** the code that makes the owner, until there is one */
    code: () => (hasOwner(db) ? undefined : at.code),
    makeOwner: (given) => makeOwner(at, given),
    signUp: (given) => makeAccount(at, { ...given, isOwner: false }),
    signIn: (given) => signIn(at, given),
    signOut: (request) => end(db, tokenIn(request)),
    whoIs: (request) => whoIs(db, tokenIn(request)),
  }
}

const hasOwner = (db) =>
  db.prepare("SELECT 1 FROM _accounts WHERE is_owner = 1").get() !== undefined

/** Without letters that look like digits. */
function newCode() {
  const signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
  return Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join("")
}

async function makeOwner(at, { code, name, password }) {
  if (hasOwner(at.db)) throw new Refusal(409, "This app has an owner already.")
  limit(at, " owner")
  const given = Buffer.from(code.trim().toUpperCase().padEnd(10).slice(0, 10))
  if (!timingSafeEqual(given.length === 10 ? given : Buffer.alloc(10), Buffer.from(at.code))) {
    fail(at, " owner")
    throw new Refusal(422, "That is not the code. The app prints it in its log when it starts.")
  }
  return makeAccount(at, { name, password, isOwner: true })
}

async function makeAccount(at, { name, password, isOwner }) {
  const { db } = at
  const called = name.trim()
  if (called.length < 2 || called.length > 60 || /\p{C}/u.test(called))
    throw new Refusal(422, "Use a name of 2 to 60 characters.")
  if (password.length < 10 || password.length > 200)
    throw new Refusal(422, "Use a password of 10 to 200 characters.")
  const taken = () => db.prepare("SELECT 1 FROM _accounts WHERE name = ?").get(called)
  if (taken()) throw new Refusal(409, "Somebody is called that already.")
  if (db.prepare("SELECT count(*) AS count FROM _accounts").get().count >= most.accounts)
    throw new Refusal(409, "This app takes no more accounts.")
  const secret = await secretOf(password)
  // another request may have come first while the password was hashed
  if (taken() || (isOwner && hasOwner(db))) throw new Refusal(409, "Somebody was faster.")
  const { lastInsertRowid } = db
    .prepare("INSERT INTO _accounts (name, secret, is_owner, created_at) VALUES (?, ?, ?, ?)")
    .run(called, secret, isOwner ? 1 : 0, new Date().toISOString())
  return begin(db, Number(lastInsertRowid))
}

async function signIn(at, { name, password }) {
  const key = name.trim().toLowerCase().slice(0, 60)
  limit(at, key)
  const row = at.db.prepare("SELECT id, secret FROM _accounts WHERE name = ?").get(key)
  // an unknown name takes as long as a wrong password
  const right = await matches(password.slice(0, 200), row?.secret ?? unknown)
  if (!row || !right) {
    fail(at, key)
    throw new Refusal(422, "Name or password is wrong.")
  }
  at.failures.delete(key)
  return begin(at.db, row.id)
}

/** After some failures a name waits a minute. */
function limit({ failures }, key) {
  const seen = failures.get(key)
  if (seen && seen.count >= most.failures && Date.now() - seen.at < waitMs)
    throw new Refusal(429, "Too many tries. Wait a minute.")
}

function fail({ failures }, key) {
  const seen = failures.get(key)
  const count = seen && Date.now() - seen.at < waitMs ? seen.count + 1 : 1
  failures.set(key, { count, at: Date.now() })
  if (failures.size > 10_000) failures.delete(failures.keys().next().value)
}

const cost = { N: 16_384, r: 8, p: 1 }
const unknown = `${"0".repeat(32)}:${"0".repeat(64)}`

async function secretOf(password) {
  const salt = randomBytes(16)
  return `${salt.toString("hex")}:${(await derive(password, salt, 32, cost)).toString("hex")}`
}

async function matches(password, secret) {
  const [salt, hash] = secret.split(":")
  const given = await derive(password, Buffer.from(salt, "hex"), 32, cost)
  return timingSafeEqual(given, Buffer.from(hash, "hex"))
}

const hashed = (token) => createHash("sha256").update(token).digest("hex")

/** @returns the token of a new session: only its hash is kept */
function begin(db, account) {
  const token = randomBytes(32).toString("base64url")
  const until = new Date(Date.now() + sessionDays * 86_400_000).toISOString()
  db.prepare("DELETE FROM _sessions WHERE until < ?").run(new Date().toISOString())
  db.prepare("INSERT INTO _sessions (token, account, until) VALUES (?, ?, ?)").run(
    hashed(token),
    account,
    until,
  )
  return token
}

function end(db, token) {
  if (token) db.prepare("DELETE FROM _sessions WHERE token = ?").run(hashed(token))
}

function whoIs(db, token) {
  if (!token) return undefined
  const row = db
    .prepare(
      "SELECT a.id, a.name, a.is_owner FROM _sessions s JOIN _accounts a ON a.id = s.account WHERE s.token = ? AND s.until > ?",
    )
    .get(hashed(token), new Date().toISOString())
  return row && { id: row.id, name: row.name, isOwner: row.is_owner === 1 }
}

const cookieName = "records_session"

function tokenIn(request) {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="))
  return pairs.find(([name]) => name === cookieName)?.[1]
}

/** The cookie of a session, or one that ends it. Behind https it also works in a frame of another page. */
export function sessionCookie(request, token) {
  const isSecure = request.headers["x-forwarded-proto"] === "https"
  const reach = isSecure ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax"
  const age = token ? sessionDays * 86_400 : 0
  return `${cookieName}=${token ?? ""}; Path=/; HttpOnly; ${reach}; Max-Age=${age}`
}
