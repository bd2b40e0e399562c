// Who has which slot, and who waits for it.
import { randomBytes } from "node:crypto"
import { ownerTables } from "./owner.js"
import { settings } from "./settings.js"
import { now } from "./slots.js"
import { inTransaction, openDatabase } from "./web/database.js"

/** most slots ahead for one address, and most people who wait for one slot */
const perEmailMax = 6
const waitingMax = 30

const steps = [
  ownerTables,
  `CREATE TABLE bookings (
     id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, slot TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('booked', 'waiting', 'cancelled')),
     name TEXT NOT NULL, email TEXT NOT NULL COLLATE NOCASE, note TEXT NOT NULL, made_at TEXT NOT NULL);
   CREATE INDEX bookings_by_slot ON bookings (slot, state);
   CREATE TABLE closed_days (day TEXT PRIMARY KEY) WITHOUT ROWID`,
]

export function openBookings() {
  const db = openDatabase(steps)
  const count = (slot, state) =>
    db.prepare("SELECT count(*) AS n FROM bookings WHERE slot = ? AND state = ?").get(slot, state).n
  const freeOf = (slot) => Math.max(0, settings.capacity - count(slot, "booked"))
  const find = (token) => db.prepare("SELECT * FROM bookings WHERE token = ?").get(token)

  /** Gives what is free in a slot to those who wait, the first one first. */
  const moveUp = (slot) =>
    db
      .prepare(
        `UPDATE bookings SET state = 'booked' WHERE id IN (
           SELECT id FROM bookings WHERE slot = ? AND state = 'waiting' ORDER BY id LIMIT ?)`,
      )
      .run(slot, freeOf(slot))
  // A capacity that was raised helps those who wait already.
  for (const { slot } of db
    .prepare("SELECT DISTINCT slot FROM bookings WHERE state = 'waiting' AND slot > ?")
    .all(now()))
    moveUp(slot)

  return {
    db,
    find,
    freeOf,
    /** How many are booked and how many wait, by slot, for slots from a time on. */
    counts: (from) =>
      new Map(
        db
          .prepare(
            `SELECT slot, sum(state = 'booked') AS booked, sum(state = 'waiting') AS waiting
             FROM bookings WHERE slot >= ? GROUP BY slot`,
          )
          .all(from)
          .map((row) => [row.slot, row]),
      ),
    /**
     * Books the slot, or puts the person on its waiting list when it is full.
     * @returns `{ token }`, or `{ says }` when it cannot be
     */
    book: (slot, person) => inTransaction(db, () => book({ db, count, freeOf }, slot, person)),
    /** Cancels, and moves up who waits. @returns whether there was something to cancel */
    cancel: (id) =>
      inTransaction(db, () => {
        const change =
          "UPDATE bookings SET state = 'cancelled' WHERE id = ? AND state <> 'cancelled'"
        if (db.prepare(change).run(id).changes === 0) return false
        const { slot } = db.prepare("SELECT slot FROM bookings WHERE id = ?").get(id)
        if (slot > now()) moveUp(slot)
        return true
      }),
    placeInLine: ({ slot, id }) =>
      db
        .prepare(
          "SELECT count(*) AS n FROM bookings WHERE slot = ? AND state = 'waiting' AND id <= ?",
        )
        .get(slot, id).n,
    /** Bookings and people who wait, from a time on, in order. */
    list: (from) =>
      db
        .prepare(
          `SELECT * FROM bookings WHERE slot >= ? AND state <> 'cancelled' ORDER BY slot, state, id`,
        )
        .all(from),
    all: () => db.prepare("SELECT * FROM bookings ORDER BY slot, id").all(),
    closedDays: () =>
      new Set(
        db
          .prepare("SELECT day FROM closed_days")
          .all()
          .map(({ day }) => day),
      ),
    closeDay: (day) => db.prepare("INSERT OR IGNORE INTO closed_days (day) VALUES (?)").run(day),
    openDay: (day) => db.prepare("DELETE FROM closed_days WHERE day = ?").run(day),
  }
}

function book({ db, count, freeOf }, slot, { name, email, note }) {
  const ahead = db
    .prepare("SELECT slot FROM bookings WHERE email = ? AND state <> 'cancelled' AND slot > ?")
    .all(email, now())
  if (ahead.some((other) => other.slot === slot))
    return { says: "This address has this time already. Its private link shows the booking." }
  if (ahead.length >= perEmailMax)
    return { says: `One address can have ${perEmailMax} times ahead. Cancel one first.` }
  const state = freeOf(slot) > 0 ? "booked" : "waiting"
  if (state === "waiting" && count(slot, "waiting") >= waitingMax)
    return { says: "The waiting list of this time is full. Choose another time." }
  const token = randomBytes(16).toString("base64url")
  db.prepare(
    `INSERT INTO bookings (token, slot, state, name, email, note, made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(token, slot, state, name, email, note, new Date().toISOString())
  return { token }
}
