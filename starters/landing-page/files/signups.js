// Who wants to hear of the product.
import { messageTables } from "./messages.js"
import { ownerTables } from "./owner.js"
import { openDatabase } from "./web/database.js"

/** most addresses on the list, so that nobody fills the disk */
const signupsMax = 50_000

const steps = [
  ownerTables,
  `CREATE TABLE signups (
     id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE COLLATE NOCASE,
     name TEXT NOT NULL, plan TEXT NOT NULL, made_at TEXT NOT NULL)`,
  messageTables,
]

export function openSignups() {
  const db = openDatabase(steps)
  return {
    db,
    /** Puts somebody on the list; who is on it already stays as they are. */
    add({ email, name, plan }) {
      db.prepare(
        `INSERT INTO signups (email, name, plan, made_at)
         SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM signups) < ${signupsMax}
         ON CONFLICT (email) DO NOTHING`,
      ).run(email, name, plan, new Date().toISOString())
    },
    count: () => db.prepare("SELECT count(*) AS n FROM signups").get().n,
    /** The newest first. @param words a part of an address or a name, or nothing for all */
    list: (words = "", max = signupsMax) =>
      db
        .prepare(
          `SELECT * FROM signups WHERE instr(lower(email || ' ' || name), lower(?)) > 0
           ORDER BY id DESC LIMIT ?`,
        )
        .all(words, max),
    /** How many came on each of the last days, today last. */
    perDay(days) {
      const rows = db
        .prepare("SELECT substr(made_at, 1, 10) AS day, count(*) AS n FROM signups GROUP BY day")
        .all()
      const counts = new Map(rows.map(({ day, n }) => [day, n]))
      return Array.from({ length: days }, (_, at) => {
        const moment = new Date(Date.now() - (days - 1 - at) * 86_400_000)
        const day = moment.toISOString().slice(0, 10)
        return { day, count: counts.get(day) ?? 0 }
      })
    },
    remove: (id) => db.prepare("DELETE FROM signups WHERE id = ?").run(id).changes > 0,
  }
}
