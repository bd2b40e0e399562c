// The cards, and how well each is known.
import { openDatabase } from "./web/database.js"

const cardsMax = 2000
/** how often in a row a card has to be known to come up least often */
export const levelMax = 3

const steps = [
  `CREATE TABLE cards (
     id INTEGER PRIMARY KEY AUTOINCREMENT, front TEXT NOT NULL, back TEXT NOT NULL,
     level INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0)`,
]

export function openCards() {
  const db = openDatabase(steps)
  const all = () => db.prepare("SELECT * FROM cards ORDER BY id DESC").all()
  return {
    all,
    find: (id) => db.prepare("SELECT * FROM cards WHERE id = ?").get(id),
    /** @returns whether there was room for it */
    add({ front, back }) {
      if (db.prepare("SELECT count(*) AS n FROM cards").get().n >= cardsMax) return false
      db.prepare("INSERT INTO cards (front, back) VALUES (?, ?)").run(front, back)
      return true
    },
    remove: (id) => db.prepare("DELETE FROM cards WHERE id = ?").run(id).changes > 0,
    /** A card that was known comes up half as often each time, one that was not as often as a new one. */
    answer: (id, knew) =>
      db
        .prepare(
          `UPDATE cards SET asked = asked + 1, known = known + ?1,
             level = CASE WHEN ?1 = 1 THEN min(level + 1, ?2) ELSE 0 END WHERE id = ?3`,
        )
        .run(knew ? 1 : 0, levelMax, id).changes > 0,
    /** One of the cards but the last one, if there are others. @param lot from 0 to 1 */
    draw: (lot, last) => drawn(all(), { lot, last }),
    counts: () =>
      db
        .prepare("SELECT count(*) AS total, coalesce(sum(level = ?), 0) AS learnt FROM cards")
        .get(levelMax),
  }
}

/** Each card counts twice as much as one that is known once more. @param lot from 0 to 1 */
export function drawn(cards, { lot, last }) {
  const others = cards.filter(({ id }) => id !== last)
  const among = others.length > 0 ? others : cards
  const weightOf = ({ level }) => 2 ** (levelMax - level)
  let left = lot * among.reduce((sum, card) => sum + weightOf(card), 0)
  return (
    among.find((card) => {
      left -= weightOf(card)
      return left < 0
    }) ?? among.at(-1)
  )
}
