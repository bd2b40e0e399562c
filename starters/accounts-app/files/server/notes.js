// Notes. Every statement names the account, so that nobody reaches the notes of others.
import { Refusal } from "./http.js"

export const noteLimits = { title: 120, text: 20_000 }
const now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

export function makeNotes(db, settings) {
  return {
    list: (account, search) => list(db, account, search),
    count: (account) => countOf(db, account),
    find: (account, id) => find(db, account, id),
    add: (account, given) => add(db, settings, { account, given }),
    save: (account, id, given) => save(db, { account, id, given }),
    pin(account, id) {
      find(db, account, id)
      db.prepare("UPDATE notes SET pinned = 1 - pinned WHERE id = ? AND account = ?").run(
        id,
        account.id,
      )
    },
    remove(account, id) {
      find(db, account, id)
      db.prepare("DELETE FROM notes WHERE id = ? AND account = ?").run(id, account.id)
    },
  }
}

const countOf = (db, account) =>
  db.prepare("SELECT count(*) AS n FROM notes WHERE account = ?").get(account.id).n

/** Pinned notes first, then those changed last; with words in title or text when there is a search. */
function list(db, account, search) {
  const like = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`
  return db
    .prepare(
      `SELECT * FROM notes WHERE account = ? AND (title LIKE ? ESCAPE '\\' OR text LIKE ? ESCAPE '\\')
       ORDER BY pinned DESC, changed_at DESC, id DESC LIMIT 200`,
    )
    .all(account.id, like, like)
}

function find(db, account, id) {
  const note = db.prepare("SELECT * FROM notes WHERE id = ? AND account = ?").get(id, account.id)
  if (!note) throw new Refusal(404, "There is no such note.")
  return note
}

function checked({ title = "", text = "" }) {
  const clean = { title: title.trim(), text: text.replaceAll("\r\n", "\n").trimEnd() }
  if (clean.title === "" && clean.text === "") throw new Refusal(422, "Write a title or some text.")
  for (const [name, most] of Object.entries(noteLimits))
    if (clean[name].length > most)
      throw new Refusal(
        422,
        `The ${name} has ${clean[name].length} characters; the limit is ${most}.`,
      )
  return clean
}

function add(db, { notesPerPerson }, { account, given }) {
  const { title, text } = checked(given)
  if (countOf(db, account) >= notesPerPerson)
    throw new Refusal(
      409,
      `You have ${notesPerPerson} notes, the most there can be. Delete one first.`,
    )
  const { lastInsertRowid } = db
    .prepare("INSERT INTO notes (account, title, text, pinned) VALUES (?, ?, ?, ?)")
    .run(account.id, title, text, given.pinned ? 1 : 0)
  return Number(lastInsertRowid)
}

/** Saves over the version that was read; a Refusal (409) when the note was changed elsewhere meanwhile. */
function save(db, { account, id, given }) {
  find(db, account, id)
  const { title, text } = checked(given)
  const { changes } = db
    .prepare(
      `UPDATE notes SET title = ?, text = ?, pinned = ?, version = version + 1, changed_at = ${now}
       WHERE id = ? AND account = ? AND version = ?`,
    )
    .run(title, text, given.pinned ? 1 : 0, id, account.id, Number(given.version))
  if (changes === 0)
    throw new Refusal(
      409,
      "This note was changed elsewhere meanwhile. Your words are below; save again to keep them instead.",
    )
}
