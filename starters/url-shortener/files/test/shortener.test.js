import assert from "node:assert/strict"
import { test } from "node:test"
import { becomeOwner } from "./owner.js"
import { settings, sharedApp, startApp } from "./start-app.js"

const long = "https://example.org/a/long/path?x=1&y=2#part"

const closed = { open_to_all: false }
/** A shortener of its own. */
async function shortener(t) {
  const app = await startApp(t, closed)
  return { app, owner: await becomeOwner(app), visitor: app.visitor() }
}

let owner
/** The one that those tests share which give their links different names. */
async function common() {
  const app = await sharedApp(closed)
  owner ??= await becomeOwner(app)
  return { app, owner, visitor: app.visitor() }
}

/** @returns the name of the new link */
async function shorten(who, url, alias = "") {
  const { status, headers, text } = await who.post("/links", { url, alias })
  assert.equal(status, 303, text)
  return headers.get("location").replace("/made/", "")
}

/** How often the owner's page of the link says it was followed in the last days, and today. */
async function followed(owner, id) {
  const { text } = await owner.get(`/links/${id}`)
  const found = /<strong>(\d+)<\/strong>[^,]*, (\d+) of them today/.exec(text)
  return [Number(found[1]), Number(found[2])]
}

test("the first page answers, and strangers get a form only when it is open to all", async (t) => {
  for (const open_to_all of [true, false]) {
    const app = await startApp(t, { open_to_all })
    const { status, text } = await app.visitor().get("/")
    assert.equal(status, 200)
    assert.equal(text.includes('action="/links"'), open_to_all)
  }
})

test("a short link leads to its long address, also after a restart", async () => {
  const { app, owner, visitor } = await common()
  const alias = await shorten(owner, long)
  assert.equal(alias.length, settings.alias_length)
  await app.restart()
  const { status, headers } = await visitor.get(`/${alias}`)
  assert.equal(status, 302)
  assert.equal(headers.get("location"), long)
  assert.match((await visitor.get(`/made/${alias}`)).text, new RegExp(`${app.url()}/${alias}`))
})

test("an address without a scheme is taken for https", async () => {
  const { owner, visitor } = await common()
  const alias = await shorten(owner, "example.org/menu")
  assert.equal((await visitor.get(`/${alias}`)).headers.get("location"), "https://example.org/menu")
})

test("a name of one's own is kept, in any case, and given once", async () => {
  const { owner, visitor } = await common()
  assert.equal(await shorten(owner, long, "Spring-Menu"), "Spring-Menu")
  assert.equal((await visitor.get("/spring-menu")).status, 302)
  const again = await owner.post("/links", { url: long, alias: "SPRING-MENU" })
  assert.equal(again.status, 400)
  assert.match(again.text, /This name is taken/)
  assert.match(again.text, /value="https:\/\/example\.org/)
})

test("names that are wrong or that the app needs are refused", async () => {
  const { owner } = await common()
  for (const alias of ["a", "-x", "a b", "a/b", "ä-ö", "x".repeat(41), "owner", "Links", "a+", "."])
    assert.equal((await owner.post("/links", { url: long, alias })).status, 400, alias)
})

test("addresses that are not safe to follow are refused", async (t) => {
  const { app, owner } = await shortener(t)
  for (const url of [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "ftp://example.org",
    "mailto:a@example.org",
    "https://user:secret@example.org",
    "https://example.org@evil.example",
    "http://",
    "nothing",
    "",
    `${app.url()}/abc`,
    `https://example.org/${"x".repeat(2000)}`,
  ])
    assert.equal((await owner.post("/links", { url })).status, 400, url)
  assert.match((await owner.get("/")).text, /None yet/)
})

test("each link is counted by day; looks and prefetches are not", async (t) => {
  const { owner, visitor } = await shortener(t)
  const alias = await shorten(owner, long)
  await shorten(owner, "https://example.org/other", "other")
  for (let at = 0; at < 3; at++) await visitor.get(`/${alias}`)
  await visitor.get("/other")
  await visitor.ask(`/${alias}`, { method: "HEAD" })
  await visitor.get(`/${alias}`, { "sec-purpose": "prefetch" })
  await visitor.get(`/${alias}+`)
  assert.deepEqual(await followed(owner, 1), [3, 3])
  assert.match((await owner.get("/")).text, /2 links, followed 4 times/)
})

test("a plus sign says where a link leads, as text", async () => {
  const { owner, visitor } = await common()
  await shorten(owner, "https://example.org/?q='x'", "look")
  const { status, text } = await visitor.get("/look+")
  assert.equal(status, 200)
  assert.match(text, /https:\/\/example\.org\/\?q=(&#39;|%27)x/)
})

test("the owner changes where a link leads, switches it off and on, and deletes it", async (t) => {
  const { owner, visitor } = await shortener(t)
  await shorten(owner, long, "menu")
  await owner.post("/links/1", { url: "https://example.org/new" })
  assert.equal((await visitor.get("/menu")).headers.get("location"), "https://example.org/new")
  const wrong = await owner.post("/links/1", { url: "javascript:alert(1)" })
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /value="javascript:alert\(1\)"/)
  await owner.post("/links/1/off")
  assert.equal((await visitor.get("/menu")).status, 410)
  await owner.post("/links/1/on")
  assert.equal((await visitor.get("/menu")).status, 302)
  await owner.post("/links/1/delete")
  assert.equal((await visitor.get("/menu")).status, 410)
  assert.equal((await owner.post("/links", { url: long, alias: "menu" })).status, 400)
  assert.equal((await visitor.get("/never-was")).status, 404)
})

test("the owner searches and exports; strangers see neither links nor counts", async (t) => {
  const { app, owner, visitor } = await shortener(t)
  await shorten(owner, "https://example.org/cake", "cake")
  await shorten(owner, "https://example.org/tea", "tea")
  await visitor.get("/tea")
  const { text } = await owner.get("/?search=CAKE")
  assert.match(text, /data-copy="\/cake"/)
  assert.doesNotMatch(text, /data-copy="\/tea"/)
  const csv = await owner.get("/links.csv")
  assert.equal(csv.text.includes(`"${app.url()}/tea","https://example.org/tea","1","on"`), true)
  assert.doesNotMatch((await visitor.get("/")).text, /cake/)
  for (const path of ["/links/1", "/links.csv"]) assert.equal((await visitor.get(path)).status, 303)
  assert.equal((await visitor.post("/links/1/delete")).status, 403)
})

test("only the owner makes links, unless it is open to all, and then not very many", async (t) => {
  const { visitor } = await common()
  assert.equal((await visitor.post("/links", { url: long })).status, 403)
  const open = (await startApp(t, { open_to_all: true })).visitor()
  const foreign = { origin: "https://evil.example" }
  assert.equal((await open.post("/links", { url: long }, foreign)).status, 403)
  const statuses = []
  for (let at = 0; at < 31; at++) statuses.push((await open.post("/links", { url: long })).status)
  assert.deepEqual([statuses[29], statuses[30]], [303, 429])
})
