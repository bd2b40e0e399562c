// The board's cards: in which column, in which order, with whose votes.
import { inTransaction, openDatabase } from "./web/database.js"

/** most cards on a board */
const cardsMax = 500

const steps = [
  `CREATE TABLE cards (
     id INTEGER PRIMARY KEY AUTOINCREMENT, column_name TEXT NOT NULL, position INTEGER NOT NULL,
     title TEXT NOT NULL, note TEXT NOT NULL);
   CREATE INDEX cards_in_order ON cards (column_name, position);
   CREATE TABLE votes (
     card INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE, visitor TEXT NOT NULL,
     PRIMARY KEY (card, visitor)) WITHOUT ROWID`,
]

/** @param columns their names, in the order of the board */
export function openBoard(columns) {
  const db = openDatabase(steps)
  adoptStrayCards(db, columns)
  const add = (column, { title, note }) =>
    db
      .prepare(
        `INSERT INTO cards (column_name, title, note, position) VALUES (?, ?, ?,
           (SELECT coalesce(max(position), 0) + 1 FROM cards WHERE column_name = ?))`,
      )
      .run(column, title, note, column).lastInsertRowid
  if (isNew(db)) for (const [at, card] of welcome.entries()) add(columns[at % columns.length], card)

  return {
    /** Whether there is room for one more card. */
    hasRoom: () => db.prepare("SELECT count(*) AS n FROM cards").get().n < cardsMax,
    add,
    find: (id) => db.prepare("SELECT * FROM cards WHERE id = ?").get(id),
    /** All columns with their cards, each with its votes and whether this visitor gave one. */
    columns: (visitor) => columnsWithCards(db, columns, visitor),
    change: (id, { title, note }) =>
      db.prepare("UPDATE cards SET title = ?, note = ? WHERE id = ?").run(title, note, id),
    remove: (id) => db.prepare("DELETE FROM cards WHERE id = ?").run(id),
    move: (id, place) => inTransaction(db, () => move(db, id, place)),
    /** Gives the visitor's vote, or takes it back. */
    toggleVote(id, visitor) {
      const taken = db.prepare("DELETE FROM votes WHERE card = ? AND visitor = ?").run(id, visitor)
      if (taken.changes === 0)
        db.prepare("INSERT INTO votes (card, visitor) VALUES (?, ?)").run(id, visitor)
    },
  }
}

/** Cards of a column that the settings no longer name wait in the first one. */
function adoptStrayCards(db, columns) {
  const names = columns.map(() => "?").join(", ")
  db.prepare(`UPDATE cards SET column_name = ? WHERE column_name NOT IN (${names})`).run(
    columns[0],
    ...columns,
  )
}

const isNew = (db) =>
  db.prepare("SELECT count(*) AS n FROM sqlite_sequence WHERE name = 'cards'").get().n === 0

function columnsWithCards(db, columns, visitor) {
  const cards = db
    .prepare(
      `SELECT cards.*, count(votes.card) AS votes,
         coalesce(max(votes.visitor = ?), 0) AS voted
       FROM cards LEFT JOIN votes ON votes.card = cards.id
       GROUP BY cards.id ORDER BY position, cards.id`,
    )
    .all(visitor ?? "")
  return columns.map((name) => ({ name, cards: cards.filter((card) => card.column_name === name) }))
}

/** @param place the column, and the card before which it goes; without one it goes to the end */
function move(db, id, { column, before }) {
  const others = db
    .prepare("SELECT id FROM cards WHERE column_name = ? AND id <> ? ORDER BY position, id")
    .all(column, id)
    .map((card) => card.id)
  const found = others.indexOf(before)
  const at = found < 0 ? others.length : found
  const order = [...others.slice(0, at), id, ...others.slice(at)]
  const put = db.prepare("UPDATE cards SET column_name = ?, position = ? WHERE id = ?")
  for (const [position, card] of order.entries()) put.run(column, position + 1, card)
}

const welcome = [
  {
    title: "Drag a card to another column",
    note: "Or press its handle, move it with the arrow keys and press Enter.",
  },
  {
    title: "Open this board in a second window",
    note: "Everybody who has it open sees every change at once.",
  },
  { title: "Click a card's title to add details", note: "" },
  { title: "Read how this board works", note: "You are just doing that." },
  {
    title: "Send the link to your team",
    note: "Nobody needs an account. Who can open the board can change it.",
  },
  { title: "Delete these cards and add your own", note: "" },
]
