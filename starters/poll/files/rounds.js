// Rounds of questions, and what people answered. A round is a poll or a quiz.
import { createHash } from "node:crypto"
import { ownerTables } from "./owner.js"
import { fromLine } from "./questions.js"
import { inTransaction, openDatabase } from "./web/database.js"

/** most answers to a round, so that nobody fills the disk */
const answersMax = 100_000

const steps = [
  ownerTables,
  `CREATE TABLE rounds (
     id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, kind TEXT NOT NULL, made_from TEXT,
     is_open INTEGER NOT NULL DEFAULT 1, made_at TEXT NOT NULL);
   CREATE TABLE questions (
     id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL,
     round INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE);
   CREATE TABLE choices (
     id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, is_right INTEGER NOT NULL,
     question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE);
   CREATE TABLE answers (
     id INTEGER PRIMARY KEY AUTOINCREMENT, visitor TEXT NOT NULL, made_at TEXT NOT NULL,
     round INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE, UNIQUE (round, visitor));
   CREATE TABLE picks (
     answer INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
     question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
     choice INTEGER NOT NULL REFERENCES choices (id) ON DELETE CASCADE,
     PRIMARY KEY (answer, question)) WITHOUT ROWID;
   CREATE INDEX picks_by_choice ON picks (choice);
   CREATE TABLE settings_seen (id INTEGER PRIMARY KEY CHECK (id = 1), made_from TEXT NOT NULL)`,
]

export function openRounds(settings) {
  const db = openDatabase(steps)
  const rounds = {
    db,
    /** All rounds, the newest first, each with how many answered. */
    all: () =>
      db
        .prepare(
          `SELECT rounds.*, count(answers.id) AS answers FROM rounds
           LEFT JOIN answers ON answers.round = rounds.id GROUP BY rounds.id ORDER BY rounds.id DESC`,
        )
        .all(),
    find: (id) => find(db, id),
    /** Writes a new round. @returns its id */
    add: (round) => inTransaction(db, () => add(db, round)),
    setOpen: (id, open) =>
      db.prepare("UPDATE rounds SET is_open = ? WHERE id = ?").run(open ? 1 : 0, id),
    /** Forgets all answers to a round. */
    clear: (id) => db.prepare("DELETE FROM answers WHERE round = ?").run(id),
    remove: (id) => db.prepare("DELETE FROM rounds WHERE id = ?").run(id),
    /** @param picks choice by question @returns whether it counts: a visitor answers a round once */
    answer: (round, visitor, picks) =>
      inTransaction(db, () => answer(db, { round, visitor, picks })),
    /** What the visitor chose, by question; nothing when they did not answer yet. */
    picksOf: (round, visitor) => picksOf(db, round, visitor),
    /** How often each choice was taken, by choice. */
    counts: (round) =>
      new Map(
        db
          .prepare(
            `SELECT picks.choice, count(*) AS n FROM picks JOIN answers ON answers.id = picks.answer
             WHERE answers.round = ? GROUP BY picks.choice`,
          )
          .all(round)
          .map(({ choice, n }) => [choice, n]),
      ),
    /** Every answer with the texts of what was chosen, for the owner's table. */
    rows: (round) =>
      db
        .prepare(
          `SELECT answers.id, answers.made_at, picks.question, choices.text FROM answers
           JOIN picks ON picks.answer = answers.id JOIN choices ON choices.id = picks.choice
           WHERE answers.round = ? ORDER BY answers.id`,
        )
        .all(round),
  }
  beginFromSettings(rounds, settings)
  return rounds
}

/**
 * The settings name the first round. When they change, a round of theirs that nobody answered makes
 * room for the new one; one that was answered is closed and kept.
 */
function beginFromSettings(rounds, { title, mode, questions }) {
  const made_from = createHash("sha256")
    .update(JSON.stringify([title, mode, questions]))
    .digest("hex")
  const { db } = rounds
  // What they last said is kept, so that a round which the owner deleted does not come back.
  const last = db.prepare("SELECT made_from FROM settings_seen").get()?.made_from
  if (last === made_from) return
  db.prepare("INSERT OR REPLACE INTO settings_seen (id, made_from) VALUES (1, ?)").run(made_from)
  const theirs = rounds.all().filter((round) => round.made_from)
  for (const round of theirs.filter((one) => one.made_from !== made_from)) {
    if (round.answers === 0) rounds.remove(round.id)
    else rounds.setOpen(round.id, false)
  }
  const again = theirs.find((round) => round.made_from === made_from)
  if (again) rounds.setOpen(again.id, true)
  else rounds.add({ title, kind: mode, made_from, questions: questions.map(fromLine) })
}

function find(db, id) {
  const round = db.prepare("SELECT * FROM rounds WHERE id = ?").get(id)
  if (!round) return undefined
  const choices = db.prepare("SELECT * FROM choices WHERE question = ? ORDER BY id")
  const questions = db
    .prepare("SELECT * FROM questions WHERE round = ? ORDER BY id")
    .all(id)
    .map((question) => ({ ...question, choices: choices.all(question.id) }))
  const { n: answers } = db.prepare("SELECT count(*) AS n FROM answers WHERE round = ?").get(id)
  return { ...round, questions, answers }
}

function add(db, { title, kind, questions, made_from = null }) {
  const { lastInsertRowid: round } = db
    .prepare("INSERT INTO rounds (title, kind, made_from, made_at) VALUES (?, ?, ?, ?)")
    .run(title, kind, made_from, new Date().toISOString())
  const addQuestion = db.prepare("INSERT INTO questions (round, text) VALUES (?, ?)")
  const addChoice = db.prepare("INSERT INTO choices (question, text, is_right) VALUES (?, ?, ?)")
  for (const { text, choices } of questions) {
    const { lastInsertRowid: question } = addQuestion.run(round, text)
    for (const choice of choices) addChoice.run(question, choice.text, choice.right ? 1 : 0)
  }
  return Number(round)
}

function answer(db, { round, visitor, picks }) {
  const { changes, lastInsertRowid } = db
    .prepare(
      `INSERT INTO answers (round, visitor, made_at)
       SELECT ?, ?, ? WHERE (SELECT count(*) FROM answers WHERE round = ?) < ${answersMax}
       ON CONFLICT DO NOTHING`,
    )
    .run(round, visitor, new Date().toISOString(), round)
  if (changes === 0) return false
  const pick = db.prepare("INSERT INTO picks (answer, question, choice) VALUES (?, ?, ?)")
  for (const [question, choice] of picks) pick.run(lastInsertRowid, question, choice)
  return true
}

function picksOf(db, round, visitor) {
  if (!visitor) return undefined
  const found = db
    .prepare("SELECT id FROM answers WHERE round = ? AND visitor = ?")
    .get(round, visitor)
  if (!found) return undefined
  const rows = db.prepare("SELECT question, choice FROM picks WHERE answer = ?").all(found.id)
  return new Map(rows.map(({ question, choice }) => [question, choice]))
}
