import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** Most conversions that are kept: the oldest go when there are more. */
const keptMax = 50

/** The conversions that people kept. */
export function openStore(folder) {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, "converter.db"))
  database.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS kept (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      quantity TEXT NOT NULL, sum TEXT NOT NULL, from_unit TEXT NOT NULL, to_unit TEXT NOT NULL,
      UNIQUE (quantity, sum, from_unit, to_unit)
    )`)
  const all = database.prepare("SELECT * FROM kept ORDER BY id DESC")
  const add = database.prepare(
    "INSERT OR IGNORE INTO kept (quantity, sum, from_unit, to_unit) VALUES (?, ?, ?, ?)",
  )
  const trim = database.prepare(
    "DELETE FROM kept WHERE id NOT IN (SELECT id FROM kept ORDER BY id DESC LIMIT ?)",
  )
  const remove = database.prepare("DELETE FROM kept WHERE id = ?")
  return {
    list: () =>
      all.all().map(({ id, quantity, sum, from_unit: from, to_unit: to }) => ({
        id,
        quantity,
        sum,
        from,
        to,
      })),
    keep({ quantity, sum, from, to }) {
      add.run(quantity, sum, from, to)
      trim.run(keptMax)
    },
    forget: (id) => remove.run(id).changes > 0,
    close: () => database.close(),
  }
}
