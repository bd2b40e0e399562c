// Habits and the days on which they were done.
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

const habitsMost = 40
export const colorsCount = 8

const schema = `
CREATE TABLE IF NOT EXISTS habits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  color INTEGER NOT NULL,
  target INTEGER NOT NULL DEFAULT 7,
  archived INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS marks (
  habit INTEGER NOT NULL REFERENCES habits (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  PRIMARY KEY (habit, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (name TEXT PRIMARY KEY COLLATE NOCASE) WITHOUT ROWID`

export function openHabits(folder, names) {
  const db = openDatabase(folder, schema)
  addNamed(db, names)
  return {
    list: (archived) => list(db, archived),
    find: (id) => find(db, id),
    add: (values) => add(db, values),
    change: (id, values) => change(db, id, values),
    archive: (id, archived) =>
      db
        .prepare("UPDATE habits SET archived = ? WHERE id = ?")
        .run(archived ? 1 : 0, find(db, id).id),
    move: (id, by) => move(db, id, by),
    remove: (id) => db.prepare("DELETE FROM habits WHERE id = ?").run(find(db, id).id),
    mark: (id, day, done) => mark(db, { habit: find(db, id).id, day, done }),
    close: () => db.close(),
  }
}

/** Habits of the settings are added once; one that people delete does not come back. */
function addNamed(db, names) {
  for (const name of names) {
    const { changes } = db.prepare("INSERT OR IGNORE INTO named (name) VALUES (?)").run(name)
    const known = db.prepare("SELECT id FROM habits WHERE name = ?").get(name)
    if (changes > 0 && !known) add(db, { name, target: 7 })
  }
}

const withDays = (db) => (habit) => ({
  ...habit,
  days: db
    .prepare("SELECT day FROM marks WHERE habit = ? ORDER BY day")
    .all(habit.id)
    .map(({ day }) => day),
})

const list = (db, archived = false) =>
  db
    .prepare("SELECT * FROM habits WHERE archived = ? ORDER BY position, id")
    .all(archived ? 1 : 0)
    .map(withDays(db))

function find(db, id) {
  const habit = db.prepare("SELECT * FROM habits WHERE id = ?").get(Number(id))
  if (!habit) throw new Refusal(404, "There is no such habit. It may have been deleted.")
  return withDays(db)(habit)
}

function checked({ name: given, target: days }) {
  const name = (given ?? "").replaceAll(/[\p{C}\s]+/gu, " ").trim()
  const target = Number(days)
  if (name.length < 1 || name.length > 40)
    throw new Refusal(422, "Name the habit in 1 to 40 characters.")
  if (!Number.isInteger(target) || target < 1 || target > 7)
    throw new Refusal(422, "A habit is for 1 to 7 days a week.")
  return { name, target }
}

function add(db, values) {
  const { name, target } = checked(values)
  const { n, last } = db.prepare("SELECT count(*) AS n, max(position) AS last FROM habits").get()
  if (n >= habitsMost)
    throw new Refusal(409, `There are ${habitsMost} habits, the most there can be.`)
  const { changes } = db
    .prepare("INSERT OR IGNORE INTO habits (name, color, target, position) VALUES (?, ?, ?, ?)")
    .run(name, n % colorsCount, target, (last ?? 0) + 1)
  if (changes === 0) throw new Refusal(409, `There is a habit called ${name} already.`)
}

function change(db, id, values) {
  const { name, target } = checked(values)
  const color = Number(values.color)
  if (!Number.isInteger(color) || color < 0 || color >= colorsCount)
    throw new Refusal(422, "Choose one of the colours.")
  const twin = db
    .prepare("SELECT id FROM habits WHERE name = ? AND id <> ?")
    .get(name, find(db, id).id)
  if (twin) throw new Refusal(409, `There is a habit called ${name} already.`)
  db.prepare("UPDATE habits SET name = ?, target = ?, color = ? WHERE id = ?").run(
    ...[name, target, color, Number(id)],
  )
}

/** Changes places with the habit above (-1) or below (1), where there is one. */
function move(db, id, by) {
  const { position, archived } = find(db, id)
  const [sign, order] = by < 0 ? ["<", "DESC"] : [">", "ASC"]
  const other = db
    .prepare(
      `SELECT id, position FROM habits WHERE archived = ? AND position ${sign} ? ORDER BY position ${order}`,
    )
    .get(archived, position)
  if (!other) return
  const set = db.prepare("UPDATE habits SET position = ? WHERE id = ?")
  set.run(other.position, Number(id))
  set.run(position, other.id)
}

function mark(db, { habit, day, done }) {
  if (done) db.prepare("INSERT OR IGNORE INTO marks (habit, day) VALUES (?, ?)").run(habit, day)
  else db.prepare("DELETE FROM marks WHERE habit = ? AND day = ?").run(habit, day)
}
