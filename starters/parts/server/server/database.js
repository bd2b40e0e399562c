// Opens the app's one SQLite file below DATA_DIR.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** The database with its tables made; `schema` must be safe to run at every start. */
export function openDatabase(folder, schema) {
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(join(folder, "app.sqlite"))
  db.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 3000")
  db.exec(schema)
  return db
}
