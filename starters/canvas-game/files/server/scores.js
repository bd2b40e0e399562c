// High scores. A score must fit a game that was begun here: not faster than bricks can break, not
// more points than they can give, at the level that so many bricks lead to. That keeps jokes out; it
// cannot prove that a person played.
import { randomUUID } from "node:crypto"
import { bricksBefore, comboMost, dropPoints, hitPoints, levelBonus } from "../public/levels.js"
import { openDatabase } from "./database.js"
import { Refusal } from "./http.js"

const shown = 10
const kept = 100
const gameHours = 12
/** the shortest time in which bricks break, on average, with several balls, in `ms` */
const brickMs = 60
const levelMost = 99

const schema = `
CREATE TABLE IF NOT EXISTS games (id TEXT PRIMARY KEY, began_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS scores (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  score INTEGER NOT NULL,
  level INTEGER NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX IF NOT EXISTS scores_best ON scores (score DESC, id)`

export function openScores(folder) {
  const db = openDatabase(folder, schema)
  return {
    best: () => best(db),
    begin: () => begin(db),
    add: (told) => add(db, told),
    close: () => db.close(),
  }
}

const best = (db) =>
  db.prepare("SELECT name, score, level FROM scores ORDER BY score DESC, id LIMIT ?").all(shown)

function begin(db) {
  const id = randomUUID()
  const now = Date.now()
  db.prepare("DELETE FROM games WHERE began_ms < ?").run(now - gameHours * 3_600_000)
  db.prepare("INSERT INTO games (id, began_ms) VALUES (?, ?)").run(id, now)
  return id
}

/** Adds a score and answers its place among all, from 1; beyond those kept it has none. */
function add(db, told) {
  const { game, name, score, level } = checked(told)
  const found = db.prepare("SELECT began_ms FROM games WHERE id = ?").get(game)
  if (!found) throw new Refusal(409, "This game is not known here, or its score was saved already.")
  judge(told, Date.now() - found.began_ms)
  db.prepare("DELETE FROM games WHERE id = ?").run(game)
  const { lastInsertRowid } = db
    .prepare("INSERT INTO scores (name, score, level) VALUES (?, ?, ?)")
    .run(name, score, level)
  const { better } = db
    .prepare("SELECT count(*) AS better FROM scores WHERE score > ? OR (score = ? AND id < ?)")
    .get(score, score, lastInsertRowid)
  db.prepare(
    "DELETE FROM scores WHERE id NOT IN (SELECT id FROM scores ORDER BY score DESC, id LIMIT ?)",
  ).run(kept)
  return better < kept ? better + 1 : undefined
}

function checked({ game, name, score, level, broken }) {
  if (typeof game !== "string" || game.length > 60)
    throw new Refusal(422, "This game was not known to the server, so its score cannot be saved.")
  const clean = typeof name === "string" ? name.replaceAll(/[\p{C}\s]+/gu, " ").trim() : ""
  if (clean.length < 1 || clean.length > 20)
    throw new Refusal(422, "Give a name of 1 to 20 characters.")
  for (const number of [score, level, broken])
    if (!Number.isSafeInteger(number) || number < 0)
      throw new Refusal(422, "Scores are whole numbers.")
  return { game, name: clean, score, level }
}

function judge({ score, level, broken }, elapsedMs) {
  const fits = level >= 1 && level <= levelMost && broken >= bricksBefore(level)
  if (!fits || broken > bricksBefore(level + 1))
    throw new Refusal(422, "So many bricks do not lead to that level.")
  if (elapsedMs < broken * brickMs) throw new Refusal(422, "So many bricks do not break that fast.")
  if (score > pointsMost(level, broken))
    throw new Refusal(422, "So many points are not in these bricks.")
}

function pointsMost(level, broken) {
  // the last level's bricks may have been hit without having broken: one more level of hits
  let points = bricksBefore(level + 1) * 3 * hitPoints * comboMost + broken * dropPoints
  for (let cleared = 1; cleared <= level; cleared++) points += levelBonus(cleared, 9)
  return points
}
