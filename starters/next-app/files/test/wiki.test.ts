import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { openWiki, type Saved } from "../server/wiki.ts"

const sections = ["General", "People"]
const draft = (title: string, text = "Words.", more = {}) => ({
  ...{ title, text, section: "General", author: "Ada" },
  ...more,
})

/** A wiki in a folder of its own, in which a minute passes with each save. */
function newWiki(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "wiki-"))
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 2, 1, 8, minute++))
  const open = (given = sections) => openWiki(folder, { sections: given, now })
  let wiki = open()
  t.after(() => {
    wiki.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const again = (given?: string[]) => {
    wiki.close()
    wiki = open(given)
    return wiki
  }
  return { wiki, again }
}

const slugIn = (saved: Saved) => {
  assert.equal(saved.is, "saved", JSON.stringify(saved))
  return saved.is === "saved" ? saved.slug : ""
}

test("a page is kept with all that was written, also when the app starts again", (t) => {
  const { wiki, again } = newWiki(t)
  const slug = slugIn(
    wiki.save(draft("  Opening   hours ", "Nine\r\nto five", { section: "People" })),
  )
  assert.equal(slug, "opening-hours")
  const { title, text, section, author, version } = again().find(slug) ?? {}
  assert.deepEqual(
    { title, text, section, author, version },
    { title: "Opening hours", text: "Nine\nto five", section: "People", author: "Ada", version: 1 },
  )
})

test("what is wrong is told at its field, and nothing is kept", (t) => {
  const { wiki } = newWiki(t)
  const saved = wiki.save({ title: " ", text: "\n", section: "Nowhere", author: "x".repeat(61) })
  assert.deepEqual(saved.is === "wrong" && Object.keys(saved.errors).sort(), [
    ...["author", "section", "text", "title"],
  ])
  assert.equal(wiki.save(draft("[brackets]")).is, "wrong")
  wiki.save(draft("Hours"))
  const taken = wiki.save(draft("hours!"))
  assert.match((taken.is === "wrong" && taken.errors.title) || "", /already/)
  assert.equal(wiki.all().length, 1)
})

test("who saves over somebody else's change is told, and can then save", (t) => {
  const { wiki } = newWiki(t)
  const slug = slugIn(wiki.save(draft("Hours", "one")))
  wiki.save(draft("Hours", "two", { author: "Grace" }), { slug, version: 1 })
  const late = wiki.save(draft("Hours", "three"), { slug, version: 1 })
  assert.equal(late.is === "changed" && late.now.text, "two")
  assert.equal(wiki.find(slug)?.text, "two")
  assert.equal(wiki.save(draft("Hours", "three"), { slug, version: 2 }).is, "saved")
})

test("each version is kept and can be brought back", (t) => {
  const { wiki } = newWiki(t)
  const slug = slugIn(wiki.save(draft("Hours", "first")))
  wiki.save(draft("Hours", "second"), { slug, version: 1 })
  assert.ok(wiki.restore(slug, 1, "Linus"))
  assert.equal(wiki.find(slug)?.text, "first")
  const said = wiki
    .versions(slug)
    .map(({ version, author, text }) => `${version} ${author} ${text}`)
  assert.deepEqual(said, ["3 Linus first", "2 Ada second", "1 Ada first"])
  assert.equal(wiki.restore(slug, 9, ""), false)
})

test("a deleted page is not listed or found, and comes back with a version", (t) => {
  const { wiki } = newWiki(t)
  const slug = slugIn(wiki.save(draft("Hours", "nine to five")))
  wiki.remove(slug)
  assert.deepEqual([wiki.all(), wiki.recent(5), wiki.search("nine")], [[], [], []])
  assert.ok(!wiki.isThere(slug))
  wiki.restore(slug, 1, "")
  assert.equal(wiki.search("nine").length, 1)
})

test("a page is found under every title it had, and knows who links to it", (t) => {
  const { wiki } = newWiki(t)
  const slug = slugIn(wiki.save(draft("Hours")))
  slugIn(wiki.save(draft("Opening hours"), { slug, version: 1 }))
  wiki.save(draft("Visit", "See [[Hours]] and [[Opening hours]]."))
  wiki.save(draft("Alone", "No links."))
  assert.equal(wiki.find("opening-hours")?.slug, "hours")
  assert.equal(wiki.find("hours")?.title, "Opening hours")
  const linking = wiki.linking(wiki.find(slug)?.id ?? 0)
  assert.deepEqual(
    linking.map(({ title }) => title),
    ["Visit"],
  )
})

test("search finds beginnings of words in titles and texts, titles first", (t) => {
  const { wiki } = newWiki(t)
  wiki.save(draft("Coffee", "How the machine works: filters, Zürich beans."))
  wiki.save(draft("Kitchen", "There is coffee, and tea."))
  const find = (words: string) => wiki.search(words).map(({ title }) => title)
  assert.deepEqual(find("coff"), ["Coffee", "Kitchen"])
  assert.deepEqual(find("zurich MACHINE"), ["Coffee"])
  assert.deepEqual(find('"nothing" AND ('), [])
  assert.deepEqual(find("*"), [])
  assert.match(wiki.search("tea")[0]?.excerpt ?? "", /tea/)
})

test("what changed last comes first, with who wrote it", (t) => {
  const { wiki } = newWiki(t)
  const slug = slugIn(wiki.save(draft("First")))
  wiki.save(draft("Second"))
  wiki.save(draft("First", "Newer.", { author: "Grace" }), { slug, version: 1 })
  const said = wiki.recent(5).map(({ title, author }) => `${title} ${author}`)
  assert.deepEqual(said, ["First Grace", "Second Ada"])
})

test("a page keeps a section that settings.json has no more", (t) => {
  const { wiki, again } = newWiki(t)
  const slug = slugIn(wiki.save(draft("Who", "Us.", { section: "People" })))
  const later = again(["General"])
  const change = { ...draft("Who", "You."), section: "People" }
  assert.equal(later.save(change, { slug, version: 1 }).is, "saved")
  assert.equal(later.save(draft("Other", "x", { section: "People" })).is, "wrong")
})
