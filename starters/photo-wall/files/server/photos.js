// The photos: what is said of them in the database, their bytes in a folder beside it.
import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Refusal } from "./http.js"

/** what all photos may take together, in bytes */
const bytesMost = 400 * 1024 * 1024

export const photosSchema = `
CREATE TABLE IF NOT EXISTS photos (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  ending TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  caption TEXT NOT NULL,
  by TEXT NOT NULL,
  approved INTEGER NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
)`

export function makePhotos({ db, folder, settings }) {
  const place = join(folder, "photos")
  mkdirSync(place, { recursive: true })
  const fileOf = ({ id, ending }) => join(place, `${id}.${ending}`)
  return {
    /** The newest first; those that wait for the owner only for the owner. */
    list: (isOwner) =>
      db
        .prepare("SELECT * FROM photos WHERE approved >= ? ORDER BY number DESC")
        .all(isOwner ? 0 : 1),
    find: (id, isOwner) => find(db, id, isOwner),
    around: (photo, isOwner) => around(db, photo, isOwner),
    bytesOf: (photo) => readFileSync(fileOf(photo)),
    add: (image, told) => add(db, { settings, fileOf }, { image, told }),
    describe: (id, caption) =>
      db.prepare("UPDATE photos SET caption = ? WHERE id = ?").run(readCaption(caption), id),
    approve: (id) => db.prepare("UPDATE photos SET approved = 1 WHERE id = ?").run(id),
    remove(id) {
      const photo = find(db, id, true)
      db.prepare("DELETE FROM photos WHERE id = ?").run(id)
      rmSync(fileOf(photo), { force: true })
    },
  }
}

function find(db, id, isOwner) {
  const photo = db
    .prepare("SELECT * FROM photos WHERE id = ? AND approved >= ?")
    .get(id, isOwner ? 0 : 1)
  if (!photo) throw new Refusal(404, "There is no such photo. It may have been taken down.")
  return photo
}

/** The photos beside one on the wall: the newer and the older. */
function around(db, { number }, isOwner) {
  const next = (sign, order) =>
    db
      .prepare(
        `SELECT id FROM photos WHERE number ${sign} ? AND approved >= ? ORDER BY number ${order} LIMIT 1`,
      )
      .get(number, isOwner ? 0 : 1)?.id
  return { newer: next(">", "ASC"), older: next("<", "DESC") }
}

const words = (given) =>
  String(given ?? "")
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()

function readCaption(given) {
  const caption = words(given)
  if (caption.length > 200) throw new Refusal(422, "A caption has at most 200 characters.")
  return caption
}

function add(db, { settings, fileOf }, { image, told }) {
  const caption = readCaption(told.caption)
  const by = words(told.by)
  if (by.length > 40) throw new Refusal(422, "A name has at most 40 characters.")
  const { count, sum } = db
    .prepare("SELECT count(*) AS count, coalesce(sum(bytes), 0) AS sum FROM photos")
    .get()
  if (count >= settings.photos || sum + image.bytes.length > bytesMost)
    throw new Refusal(409, "The wall is full. The owner can take photos down.")
  const { type, ending, width, height, bytes } = image
  const photo = { id: randomBytes(12).toString("base64url"), ending }
  writeFileSync(fileOf(photo), bytes, { flag: "wx" })
  db.prepare(
    "INSERT INTO photos (id, type, ending, width, height, bytes, caption, by, approved) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  ).run(photo.id, type, ending, width, height, bytes.length, caption, by, told.approved ? 1 : 0)
  return photo.id
}
