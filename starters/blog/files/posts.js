// The posts: drafts that only the owner sees, and what is published.
import { ownerTables } from "./owner.js"
import { inTransaction, openDatabase } from "./web/database.js"
import { welcome } from "./welcome.js"

const steps = [
  ownerTables,
  `CREATE TABLE posts (
     id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT UNIQUE, title TEXT NOT NULL,
     body TEXT NOT NULL, published_at TEXT, changed_at TEXT NOT NULL);
   CREATE INDEX posts_by_day ON posts (published_at);
   CREATE TABLE tags (
     post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, tag TEXT NOT NULL,
     PRIMARY KEY (post, tag)) WITHOUT ROWID;
   CREATE INDEX posts_by_tag ON tags (tag)`,
]

const now = () => new Date().toISOString()

export function openPosts() {
  const db = openDatabase(steps)
  const whole = (row) =>
    row && {
      ...row,
      tags: db
        .prepare("SELECT tag FROM tags WHERE post = ? ORDER BY tag")
        .all(row.id)
        .map(({ tag }) => tag),
    }
  const posts = {
    db,
    /** A post by its id, published or not. */
    find: (id) => whole(db.prepare("SELECT * FROM posts WHERE id = ?").get(id)),
    /** A published post by the name in its address. */
    published: (slug) =>
      whole(
        db.prepare("SELECT * FROM posts WHERE slug = ? AND published_at IS NOT NULL").get(slug),
      ),
    /** All of them for the owner: drafts first, then the newest. */
    all: () =>
      db
        .prepare(
          "SELECT * FROM posts ORDER BY published_at IS NOT NULL, coalesce(published_at, changed_at) DESC",
        )
        .all()
        .map(whole),
    /** Published posts, the newest first. @returns `{ posts, more }` */
    page: ({ tag = "", words = "", at = 1, size }) => {
      const rows = db
        .prepare(
          `SELECT * FROM posts WHERE published_at IS NOT NULL
             AND (? = '' OR id IN (SELECT post FROM tags WHERE tag = ?))
             AND instr(lower(title || ' ' || body), lower(?)) > 0
           ORDER BY published_at DESC, id DESC LIMIT ? OFFSET ?`,
        )
        .all(tag, tag, words, size + 1, (at - 1) * size)
      return { posts: rows.slice(0, size).map(whole), more: rows.length > size }
    },
    /** Tags of published posts with how many there are, the most used first. */
    tags: () =>
      db
        .prepare(
          `SELECT tag, count(*) AS n FROM tags JOIN posts ON posts.id = tags.post
           WHERE published_at IS NOT NULL GROUP BY tag ORDER BY n DESC, tag LIMIT 30`,
        )
        .all(),
    /** The posts that were published before and after. */
    beside: ({ id, published_at }) => ({
      older: db
        .prepare(
          `SELECT slug, title FROM posts WHERE (published_at, id) < (?, ?) AND published_at IS NOT NULL
           ORDER BY published_at DESC, id DESC LIMIT 1`,
        )
        .get(published_at, id),
      newer: db
        .prepare(
          `SELECT slug, title FROM posts WHERE (published_at, id) > (?, ?)
           ORDER BY published_at, id LIMIT 1`,
        )
        .get(published_at, id),
    }),
    /** Writes a new draft, or a post anew. @returns its id */
    save: (id, post) => inTransaction(db, () => save(db, id, post)),
    /** Shows it to everybody. The name in its address is given once and stays. */
    publish: (id) =>
      inTransaction(db, () => {
        const { title, slug } = db.prepare("SELECT title, slug FROM posts WHERE id = ?").get(id)
        db.prepare(
          "UPDATE posts SET slug = ?, published_at = coalesce(published_at, ?) WHERE id = ?",
        ).run(slug ?? freeSlug(db, title), now(), id)
      }),
    unpublish: (id) => db.prepare("UPDATE posts SET published_at = NULL WHERE id = ?").run(id),
    remove: (id) => db.prepare("DELETE FROM posts WHERE id = ?").run(id),
  }
  const begun = db.prepare("SELECT count(*) AS n FROM sqlite_sequence WHERE name = 'posts'").get().n
  if (begun === 0) posts.publish(posts.save(undefined, welcome))
  return posts
}

function save(db, id, { title, body, tags }) {
  if (id === undefined)
    id = Number(
      db
        .prepare("INSERT INTO posts (title, body, changed_at) VALUES (?, ?, ?)")
        .run(title, body, now()).lastInsertRowid,
    )
  else
    db.prepare("UPDATE posts SET title = ?, body = ?, changed_at = ? WHERE id = ?").run(
      title,
      body,
      now(),
      id,
    )
  db.prepare("DELETE FROM tags WHERE post = ?").run(id)
  const add = db.prepare("INSERT OR IGNORE INTO tags (post, tag) VALUES (?, ?)")
  for (const tag of tags) add.run(id, tag)
  return id
}

/** Letters, digits and hyphens, for addresses; umlauts and accents become plain letters. */
export const slugOf = (text) =>
  text
    .toLowerCase()
    .replace(/[äöü]/g, (sign) => ({ ä: "ae", ö: "oe", ü: "ue" })[sign])
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 70)

function freeSlug(db, title) {
  const base = slugOf(title) || "post"
  const taken = db.prepare("SELECT 1 FROM posts WHERE slug = ?")
  for (let at = 1; ; at++) {
    const slug = at === 1 ? base : `${base}-${at}`
    if (!taken.get(slug)) return slug
  }
}
