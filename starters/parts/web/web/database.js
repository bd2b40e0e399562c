// One SQLite file in DATA_DIR. Its tables grow by steps, so that a newer version of the app keeps
// what an older one wrote.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** @param steps SQL by version; add new steps at the end, never change one */
export function openDatabase(steps) {
  const folder = process.env.DATA_DIR ?? "./data"
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(join(folder, "app.db"))
  db.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000")
  const { user_version: done } = db.prepare("PRAGMA user_version").get()
  for (let at = done; at < steps.length; at++)
    inTransaction(db, () => db.exec(`${steps[at]}; PRAGMA user_version = ${at + 1}`))
  return db
}

/** All of the work or nothing of it. */
export function inTransaction(db, work) {
  db.exec("BEGIN IMMEDIATE")
  try {
    const result = work()
    db.exec("COMMIT")
    return result
  } catch (error) {
    db.exec("ROLLBACK")
    throw error
  }
}
