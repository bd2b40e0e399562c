// The app's one owner: a password that only they know, and the pages behind it.
//
// Who comes first must not become the owner by that alone, since the app may be open to everybody:
// the password is chosen with a setup code that only the app's log shows.
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import { fieldPart, readFields } from "./web/fields.js"
import { html } from "./web/html.js"
import { page, Refusal, redirect } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"

/** The tables it needs, as one step of the database. */
export const ownerTables = `
  CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1), setup_code TEXT NOT NULL, salt BLOB, hash BLOB);
  CREATE TABLE owner_sessions (token BLOB PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID`

const cookie = "owner"
const daysSignedIn = 30
const mayTry = createLimiter({ times: 10, withinMs: 15 * 60_000 })

const password = (label, autocomplete, rest = {}) => ({
  label,
  max: 200,
  required: true,
  type: "password",
  autocomplete,
  ...rest,
})
const signInFields = { password: password("Password", "current-password") }
const setUpFields = {
  code: {
    label: "Setup code",
    max: 20,
    required: true,
    autocomplete: "off",
    help: "The app wrote it into its log when it started.",
  },
  password: password("New password", "new-password", {
    help: "At least 10 characters. Nobody can show it to you again.",
    check: (value) => value.length < 10 && "Use at least 10 characters.",
  }),
}

/**
 * @param layout the app's page around `{ title, body }`
 * @param home the owner's first page
 */
export function createOwner({ db, layout, home = "/owner" }) {
  db.prepare("INSERT OR IGNORE INTO owner (id, setup_code) VALUES (1, ?)").run(newCode())
  const row = () => db.prepare("SELECT * FROM owner WHERE id = 1").get()
  if (!row().hash)
    console.log(`No owner yet. Open /owner/sign-in; the setup code is ${row().setup_code}`)

  const signedIn = (visit) => {
    const token = visit.cookie(cookie)
    const found =
      token && db.prepare("SELECT until FROM owner_sessions WHERE token = ?").get(digest(token))
    return Boolean(found && found.until > Date.now())
  }
  const only = (handle) => (visit) => {
    if (signedIn(visit)) return handle(visit)
    if (visit.request.method === "POST") throw new Refusal(403, "Sign in as the owner first.")
    return redirect("/owner/sign-in")
  }
  const signInPage = (read, status) => page(layout(doorPart(Boolean(row().hash), read)), status)
  const letIn = (visit) => {
    const token = randomBytes(32).toString("base64url")
    const until = Date.now() + daysSignedIn * 86_400_000
    db.prepare("DELETE FROM owner_sessions WHERE until < ?").run(Date.now())
    db.prepare("INSERT INTO owner_sessions (token, until) VALUES (?, ?)").run(digest(token), until)
    visit.setCookie(cookie, token, daysSignedIn)
    return redirect(home)
  }

  async function enter(visit) {
    const has = row()
    const fields = has.hash ? signInFields : setUpFields
    const read = readFields(await visit.form(), fields)
    if (!mayTry(visit.ip)) throw new Refusal(429, "Too many tries. Wait a quarter of an hour.")
    if (!read.ok) return signInPage(read, 400)
    if (!has.hash) return setUp(visit, read)
    const hash = await hashOf(read.values.password, has.salt)
    if (timingSafeEqual(hash, has.hash)) return letIn(visit)
    return signInPage({ values: {}, errors: { password: "This is not the password." } }, 403)
  }

  async function setUp(visit, read) {
    if (!same(read.values.code.toUpperCase(), row().setup_code)) {
      const errors = { code: "This is not the setup code in the app's log." }
      return signInPage({ values: read.values, errors }, 403)
    }
    const salt = randomBytes(16)
    const hash = await hashOf(read.values.password, salt)
    const set = "UPDATE owner SET salt = ?, hash = ?, setup_code = '' WHERE id = 1 AND hash IS NULL"
    const { changes } = db.prepare(set).run(salt, hash)
    if (changes === 0) throw new Refusal(409, "The owner's password was chosen already.")
    // Whoever was the owner before is not any more.
    db.exec("DELETE FROM owner_sessions")
    return letIn(visit)
  }

  function signOut(visit) {
    const token = visit.cookie(cookie)
    if (token) db.prepare("DELETE FROM owner_sessions WHERE token = ?").run(digest(token))
    visit.setCookie(cookie, "", 0)
    return redirect("/")
  }

  return {
    /** Whether this visit is the owner's. */
    signedIn,
    /** A handler that answers the owner only. */
    only,
    /** Whether somebody chose the owner's password. */
    exists: () => Boolean(row().hash),
    routes: [
      ["GET", "/owner/sign-in", (visit) => (signedIn(visit) ? redirect(home) : signInPage())],
      ["POST", "/owner/sign-in", enter],
      ["POST", "/owner/sign-out", signOut],
    ],
  }
}

/** The form that ends the owner's visit. */
export const signOutPart = html`<form method="post" action="/owner/sign-out">
  <button class="button quiet small">Sign out</button></form>`

function doorPart(exists, read) {
  const fields = exists ? signInFields : setUpFields
  const title = exists ? "Owner’s sign-in" : "Become the owner"
  return {
    title,
    body: html`
<main class="door">
  <h1>${title}</h1>
  ${!exists && html`<p class="muted">Choose the password with which you will manage this app.</p>`}
  <form class="stack" method="post" action="/owner/sign-in">
    ${Object.entries(fields).map(([name, field]) =>
      // A password that was refused is not sent back.
      fieldPart(name, field, name === "password" ? { errors: read?.errors } : read),
    )}
    <button class="button">${exists ? "Sign in" : "Choose password"}</button>
  </form>
</main>`,
  }
}

// Letters and digits that nobody mistakes for one another.
const signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
function newCode() {
  const picked = [...randomBytes(12)].map((byte) => signs[byte % signs.length])
  return [0, 4, 8].map((at) => picked.slice(at, at + 4).join("")).join("-")
}

const digest = (text) => createHash("sha256").update(text).digest()
const same = (one, other) => timingSafeEqual(digest(one), digest(other))

// One at a time: each needs 16 MiB for a moment, and the app has little memory.
let turn = Promise.resolve()
function hashOf(text, salt) {
  const made = turn.then(
    () =>
      new Promise((resolve, reject) =>
        scrypt(text.normalize("NFC"), salt, 32, { N: 16_384, r: 8, p: 1 }, (error, key) =>
          error ? reject(error) : resolve(key),
        ),
      ),
  )
  turn = made.catch(() => {})
  return made
}
