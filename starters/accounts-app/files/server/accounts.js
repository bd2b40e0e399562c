// Accounts and their sessions. A session is a secret in a cookie, of which only a hash is kept.
import { createHash, randomBytes } from "node:crypto"
import { Refusal } from "./http.js"
import { hashPassword, isPassword } from "./passwords.js"

const passwordMost = 200
/** what a password is held against when nobody has the address, so that both take as long */
const nobody = await hashPassword("nobody")

export function makeAccounts(db, settings) {
  return {
    signUp: (given) => signUp(db, settings, given),
    signIn: (given) => signIn(db, given),
    begin: (account) => begin(db, settings, account),
    bySecret: (secret) => bySecret(db, secret),
    end: (secret) => db.prepare("DELETE FROM sessions WHERE secret_hash = ?").run(hash(secret)),
    endAll: (account) => db.prepare("DELETE FROM sessions WHERE account = ?").run(account.id),
    changePassword: (account, given) => changePassword(db, settings, { account, given }),
    remove: (account, password) => remove(db, account, password),
  }
}

const hash = (secret) => createHash("sha256").update(secret).digest("hex")

/** An address in the form in which it is kept: people do not mind its capitals. */
export function readEmail(given) {
  const email = String(given ?? "")
    .trim()
    .toLowerCase()
  if (email.length > 200 || !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email))
    throw new Refusal(422, "Give an email address, such as ada@example.org.")
  return email
}

function checkPassword({ passwordLength }, password) {
  if (password.length < passwordLength)
    throw new Refusal(422, `Choose a password of at least ${passwordLength} characters.`)
  if (password.length > passwordMost)
    throw new Refusal(422, `Choose a password of at most ${passwordMost} characters.`)
}

async function signUp(db, settings, { email: given, password = "", code }) {
  const email = readEmail(given)
  checkPassword(settings, password)
  if (settings.signUpCode !== "" && code?.trim() !== settings.signUpCode)
    throw new Refusal(403, "That is not the sign-up code.")
  const kept = await hashPassword(password)
  const { changes, lastInsertRowid } = db
    .prepare("INSERT INTO accounts (email, password) VALUES (?, ?) ON CONFLICT DO NOTHING")
    .run(email, kept)
  if (changes === 0) throw new Refusal(409, "There is an account with this address already.")
  return { id: Number(lastInsertRowid), email }
}

async function signIn(db, { email, password = "" }) {
  const found = db.prepare("SELECT * FROM accounts WHERE email = ?").get(email)
  const right = await isPassword(password.slice(0, passwordMost), found?.password ?? nobody)
  if (!found || !right) throw new Refusal(401, "Address or password is wrong.")
  return { id: found.id, email: found.email }
}

/** A new session's secret. Sessions that ended are swept on the way. */
function begin(db, { sessionDays }, account) {
  const secret = randomBytes(32).toString("base64url")
  db.prepare("DELETE FROM sessions WHERE until_ms < ?").run(Date.now())
  db.prepare("INSERT INTO sessions (secret_hash, account, until_ms) VALUES (?, ?, ?)").run(
    ...[hash(secret), account.id, Date.now() + sessionDays * 86_400_000],
  )
  return secret
}

const bySecret = (db, secret) =>
  secret &&
  db
    .prepare(
      "SELECT accounts.id, email, created_at FROM sessions JOIN accounts ON accounts.id = account WHERE secret_hash = ? AND until_ms > ?",
    )
    .get(hash(secret), Date.now())

/** Whoever was signed in elsewhere is signed out: the old password may have been known to others. */
async function changePassword(db, settings, { account, given: { current = "", next = "" } }) {
  await confirm(db, account, current)
  checkPassword(settings, next)
  db.prepare("UPDATE accounts SET password = ? WHERE id = ?").run(
    await hashPassword(next),
    account.id,
  )
  db.prepare("DELETE FROM sessions WHERE account = ?").run(account.id)
}

async function confirm(db, account, password) {
  const { password: kept } = db
    .prepare("SELECT password FROM accounts WHERE id = ?")
    .get(account.id)
  if (!(await isPassword(password.slice(0, passwordMost), kept)))
    throw new Refusal(403, "The current password is wrong.")
}

async function remove(db, account, password) {
  await confirm(db, account, password)
  db.prepare("DELETE FROM accounts WHERE id = ?").run(account.id)
}
