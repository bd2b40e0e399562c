// Short links and how often each was followed on each day.
import { randomInt } from "node:crypto"
import { ownerTables } from "./owner.js"
import { inTransaction, openDatabase } from "./web/database.js"

/** most links, so that nobody fills the disk */
const linksMax = 50_000

// An address is empty when the link was deleted: its name stays taken, so that nobody gets the
// visitors of a link that others printed.
const steps = [
  ownerTables,
  `CREATE TABLE links (
     id INTEGER PRIMARY KEY AUTOINCREMENT, alias TEXT NOT NULL UNIQUE COLLATE NOCASE,
     url TEXT NOT NULL, is_on INTEGER NOT NULL DEFAULT 1, made_at TEXT NOT NULL);
   CREATE TABLE hits (
     link INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE, day TEXT NOT NULL,
     n INTEGER NOT NULL, PRIMARY KEY (link, day)) WITHOUT ROWID`,
]

const today = () => new Date().toISOString().slice(0, 10)
/** The last days, today last. */
const lastDays = (many) =>
  Array.from({ length: many }, (_, at) =>
    new Date(Date.now() - (many - 1 - at) * 86_400_000).toISOString().slice(0, 10),
  )

/** @param aliasLength of names that the app makes up */
export function openLinks(aliasLength) {
  const db = openDatabase(steps)
  const find = (alias) => db.prepare("SELECT * FROM links WHERE alias = ?").get(alias)
  return {
    db,
    /** A link by its name; nothing when it was deleted or never was. */
    find: (alias) => {
      const link = find(alias)
      return link?.url ? link : undefined
    },
    byId: (id) => db.prepare("SELECT * FROM links WHERE id = ? AND url <> ''").get(id),
    /** Whether a name was given away, also when its link is gone. */
    isTaken: (alias) => Boolean(find(alias)),
    hasRoom: () => db.prepare("SELECT count(*) AS n FROM links").get().n < linksMax,
    /** @param wished a name, or nothing for one made up @returns the name, or nothing if it was just taken */
    add: (url, wished) => inTransaction(db, () => add(db, { url, wished, aliasLength })),
    /** Counts that a link was followed. */
    follow: (id) =>
      db
        .prepare("INSERT INTO hits VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1")
        .run(id, today()),
    /** The newest first, with counts. @param words a part of a name or an address, or nothing for all */
    list: (words, max) =>
      db
        .prepare(
          `SELECT links.*, coalesce(sum(hits.n), 0) AS hits FROM links LEFT JOIN hits ON hits.link = links.id
           WHERE url <> '' AND instr(lower(alias || ' ' || url), lower(?)) > 0
           GROUP BY links.id ORDER BY links.id DESC LIMIT ?`,
        )
        .all(words, max),
    totals: () =>
      db
        .prepare(
          `SELECT (SELECT count(*) FROM links WHERE url <> '') AS links,
             (SELECT coalesce(sum(n), 0) FROM hits JOIN links ON links.id = link WHERE url <> '') AS hits`,
        )
        .get(),
    /** `{ day, n }` of the last days, today last. */
    perDay: (id, many) => {
      const rows = db.prepare("SELECT day, n FROM hits WHERE link = ?").all(id)
      const counts = new Map(rows.map(({ day, n }) => [day, n]))
      return lastDays(many).map((day) => ({ day, n: counts.get(day) ?? 0 }))
    },
    change: (id, url) => db.prepare("UPDATE links SET url = ? WHERE id = ?").run(url, id),
    setOn: (id, on) => db.prepare("UPDATE links SET is_on = ? WHERE id = ?").run(on ? 1 : 0, id),
    remove: (id) => db.prepare("UPDATE links SET url = '', is_on = 0 WHERE id = ?").run(id),
  }
}

function add(db, { url, wished, aliasLength }) {
  const insert = db.prepare(
    "INSERT INTO links (alias, url, made_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  )
  const made_at = new Date().toISOString()
  if (wished) return insert.run(wished, url, made_at).changes > 0 ? wished : undefined
  for (let tries = 0; tries < 50; tries++) {
    // When many names of this length are taken, longer ones still are free.
    const alias = randomAlias(aliasLength + Math.floor(tries / 10))
    if (insert.run(alias, url, made_at).changes > 0) return alias
  }
  return undefined
}

// Signs that nobody mistakes for one another, and no vowels that make words.
const signs = "bcdfghjkmnpqrstvwxz23456789"
const randomAlias = (length) =>
  Array.from({ length }, () => signs[randomInt(signs.length)]).join("")
