// What people wrote to the owner.

/** most messages that are kept, so that nobody fills the disk */
const messagesMax = 10_000

export const messageTables = `CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, email TEXT NOT NULL,
  message TEXT NOT NULL, made_at TEXT NOT NULL)`

/** @param db the database that has the table */
export const openMessages = (db) => ({
  add: ({ name, email, message }) =>
    db
      .prepare(
        `INSERT INTO messages (name, email, message, made_at)
         SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM messages) < ${messagesMax}`,
      )
      .run(name, email, message, new Date().toISOString()),
  /** The newest first. */
  list: (max = 200) => db.prepare("SELECT * FROM messages ORDER BY id DESC LIMIT ?").all(max),
  remove: (id) => db.prepare("DELETE FROM messages WHERE id = ?").run(id).changes > 0,
})
