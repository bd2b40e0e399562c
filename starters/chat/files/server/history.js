// People and what they said. A browser is known by a secret in its cookie, of which only a hash is kept.
import { createHash, randomBytes } from "node:crypto"
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

/** how many messages of a room are kept */
const keptPerRoom = 1000
export const shownAtOnce = 50

const schema = `
CREATE TABLE IF NOT EXISTS people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  secret_hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  room TEXT NOT NULL,
  person INTEGER NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  deleted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS messages_of_room ON messages (room, id)`

export function openHistory(folder) {
  const db = openDatabase(folder, schema)
  return {
    join: (name) => join(db, name),
    rename: (person, name) => rename(db, person, name),
    leave: (person) => db.prepare("DELETE FROM people WHERE id = ?").run(person.id),
    personOf: (secret) =>
      secret && db.prepare("SELECT id, name FROM people WHERE secret_hash = ?").get(hash(secret)),
    say: (message) => say(db, message),
    before: (room, id) => before(db, room, id),
    after: (room, id) => after(db, room, id),
    deletedIn: (room) => deletedIn(db, room),
    remove: (id, person) => remove(db, id, person),
    close: () => db.close(),
  }
}

const hash = (secret) => createHash("sha256").update(secret).digest("hex")
/** Names that look alike to a hurried reader are one name. */
const keyOf = (name) => name.normalize("NFKC").toLowerCase()

/** A new person, and the secret by which their browser is known from now on. */
function join(db, name) {
  const secret = randomBytes(24).toString("base64url")
  refuseTaken(db, name)
  const { lastInsertRowid } = db
    .prepare("INSERT INTO people (secret_hash, name, name_key) VALUES (?, ?, ?)")
    .run(hash(secret), name, keyOf(name))
  return { secret, person: { id: Number(lastInsertRowid), name } }
}

function rename(db, person, name) {
  refuseTaken(db, name, person.id)
  db.prepare("UPDATE people SET name = ?, name_key = ? WHERE id = ?").run(
    name,
    keyOf(name),
    person.id,
  )
}

function refuseTaken(db, name, own = 0) {
  const other = db.prepare("SELECT id FROM people WHERE name_key = ?").get(keyOf(name))
  if (other && other.id !== own) throw new Refusal(409, `Somebody here is called ${name} already.`)
}

function say(db, { room, person, text }) {
  const { lastInsertRowid } = db
    .prepare("INSERT INTO messages (room, person, name, text) VALUES (?, ?, ?, ?)")
    .run(room, person.id, person.name, text)
  db.prepare(
    "DELETE FROM messages WHERE room = ? AND id <= (SELECT id FROM messages WHERE room = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
  ).run(room, room, keptPerRoom)
  return db.prepare("SELECT * FROM messages WHERE id = ?").get(lastInsertRowid)
}

/** Up to a screenful of messages before this id, the oldest first, and whether there are earlier ones. */
function before(db, room, id) {
  const found = db
    .prepare(
      "SELECT * FROM messages WHERE room = ? AND id < ? AND deleted = 0 ORDER BY id DESC LIMIT ?",
    )
    .all(room, id ?? Number.MAX_SAFE_INTEGER, shownAtOnce + 1)
  return {
    messages: found.slice(0, shownAtOnce).reverse(),
    more: found.length > shownAtOnce,
  }
}

const after = (db, room, id) =>
  db
    .prepare(
      "SELECT * FROM messages WHERE room = ? AND id > ? AND deleted = 0 ORDER BY id LIMIT 500",
    )
    .all(room, id)

const deletedIn = (db, room) =>
  db
    .prepare("SELECT id FROM messages WHERE room = ? AND deleted = 1 ORDER BY id DESC LIMIT 200")
    .all(room)
    .map(({ id }) => id)

/** The words are erased; the number stays, so that browsers that were away hear of it. */
function remove(db, id, person) {
  const message = db.prepare("SELECT * FROM messages WHERE id = ? AND deleted = 0").get(id)
  if (!message) throw new Refusal(404, "This message is gone already.")
  if (message.person !== person.id)
    throw new Refusal(403, "Only who wrote a message can delete it.")
  db.prepare("UPDATE messages SET deleted = 1, text = '', name = '' WHERE id = ?").run(id)
  return message
}
