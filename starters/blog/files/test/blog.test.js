import assert from "node:assert/strict"
import { test } from "node:test"
import { becomeOwner } from "./owner.js"
import { settings, sharedApp, startApp } from "./start-app.js"

const owners = new Map()
/** Empties the blog that most tests share. */
async function blog(changed) {
  const app = await sharedApp(changed)
  if (!owners.has(app)) owners.set(app, await becomeOwner(app))
  const owner = owners.get(app)
  const { text } = await owner.get("/desk")
  for (const [, id] of text.matchAll(/href="\/desk\/(\d+)"/g))
    await owner.post(`/desk/${id}/delete`)
  return { app, owner, reader: app.visitor() }
}

/** @returns the address of the new post, or of its draft */
async function write(owner, title, rest = {}) {
  const { body = `Words of ${title}.`, tags = "", act = "publish" } = rest
  const answer = await owner.post("/desk/new", { title, body, tags, act })
  assert.equal(answer.status, 303, answer.text)
  return answer.headers.get("location")
}

const titles = ({ text }) =>
  [...text.matchAll(/<h2><a href="\/post[^>]*>([^<]*)</g)].map(([, title]) => title)

test("a new blog greets its readers with a first post", async (t) => {
  const app = await startApp(t)
  const answer = await app.visitor().get("/")
  assert.equal(answer.status, 200)
  assert.deepEqual(titles(answer), ["A first post, to see how it looks"])
  assert.equal((await app.visitor().get("/post/a-first-post-to-see-how-it-looks")).status, 200)
})

test("a blog without posts says what to do, and the first post does not come back", async () => {
  const { app, reader } = await blog()
  await app.restart()
  assert.match((await reader.get("/")).text, /Nothing published yet/)
})

test("a draft is for the owner only until it is published", async () => {
  const { owner, reader } = await blog()
  const draft = await write(owner, "Secret plan", { act: "save" })
  assert.match(draft, /^\/desk\/\d+\?saved$/)
  const path = draft.split("?")[0]
  assert.match((await owner.get(`${path}/look`)).text, /Words of Secret plan/)
  for (const page of ["/", "/feed.xml", "/?q=secret"])
    assert.doesNotMatch((await reader.get(page)).text, /Words of Secret plan/)
  assert.equal((await reader.get("/post/secret-plan")).status, 404)
  assert.equal((await reader.get(`${path}/look`)).status, 303)
  await owner.post(path, { title: "Secret plan", body: "Now for all", act: "publish" })
  assert.match((await reader.get("/post/secret-plan")).text, /Now for all/)
})

test("a post that is taken back is a draft again, and keeps its address later", async () => {
  const { owner, reader } = await blog()
  const address = await write(owner, "Über Brot & Käse")
  assert.equal(address, "/post/ueber-brot-kaese")
  const id = (await owner.get(address)).text.match(/\/desk\/(\d+)/)[1]
  await owner.post(`/desk/${id}/unpublish`)
  assert.equal((await reader.get(address)).status, 404)
  await owner.post(`/desk/${id}`, { title: "Other title", body: "b", act: "publish" })
  assert.match((await reader.get(address)).text, /Other title/)
})

test("two posts of the same title have two addresses", async () => {
  const { owner } = await blog()
  assert.deepEqual(
    [await write(owner, "Bread"), await write(owner, "Bread")],
    ["/post/bread", "/post/bread-2"],
  )
})

test("posts come newest first, in pages, and lead to one another", async () => {
  const { owner, reader } = await blog({ posts_per_page: 2 })
  for (const title of ["One", "Two", "Three"]) await write(owner, title)
  assert.deepEqual(titles(await reader.get("/")), ["Three", "Two"])
  assert.deepEqual(titles(await reader.get("/?page=2")), ["One"])
  const { text } = await reader.get("/post/two")
  assert.match(text, /href="\/post\/one"/)
  assert.match(text, /href="\/post\/three"/)
})

test("tags and search find posts", async () => {
  const { owner, reader } = await blog()
  await write(owner, "Rye", { tags: "Bread, Slow cooking" })
  await write(owner, "River", { body: "It was FOGGY." })
  assert.deepEqual(titles(await reader.get("/tag/slow-cooking")), ["Rye"])
  assert.equal((await reader.get("/tag/nothing")).status, 404)
  assert.deepEqual(titles(await reader.get("/?q=foggy")), ["River"])
  assert.match((await reader.get("/?q=100%25")).text, /No post has these words/)
})

test("the feed has the published posts with whole addresses", async () => {
  const { app, owner, reader } = await blog()
  await write(owner, "Salt & <pepper>", { body: "See [this](/post/x) **now**.", tags: "food" })
  const { headers, text } = await reader.get("/feed.xml")
  assert.match(headers.get("content-type"), /application\/rss\+xml/)
  assert.match(text, /<title>Salt &amp; &lt;pepper&gt;<\/title>/)
  assert.match(text, new RegExp(`<link>${app.url()}/post/salt-pepper</link>`))
  assert.match(text, new RegExp(`href=&quot;${app.url()}/post/x&quot;`))
  assert.match(text, /<category>food<\/category>/)
})

test("scripts and HTML in a post are shown, never run", async () => {
  const { owner, reader } = await blog()
  const body = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
  const address = await write(owner, "<script>t</script>", { body, tags: '"><b>' })
  const { text, headers } = await reader.get(address)
  assert.doesNotMatch(text, /<img src=x|<script>t|href="javascript/)
  assert.match(headers.get("content-security-policy"), /script-src 'self'/)
})

test("the preview shows what is typed, for the owner only", async () => {
  const { owner, reader } = await blog()
  assert.match((await owner.post("/desk/preview", { body: "**x**" })).text, /<strong>x<\/strong>/)
  assert.equal((await reader.post("/desk/preview", { body: "x" })).status, 403)
})

test("strangers cannot write, and other sites' pages cannot either", async () => {
  const { owner, reader } = await blog()
  const post = { title: "Spam", body: "x", act: "publish" }
  assert.equal((await reader.post("/desk/new", post)).status, 403)
  assert.equal(
    (await owner.post("/desk/new", post, { origin: "https://evil.example" })).status,
    403,
  )
  assert.match((await reader.get("/")).text, /Nothing published yet/)
})

test("what is missing or too much is told, and the text is kept", async () => {
  const { owner } = await blog()
  const { status, text } = await owner.post("/desk/new", {
    title: "",
    body: "My long text",
    tags: "a",
  })
  assert.equal(status, 400)
  assert.match(text, /Title is missing/)
  assert.match(text, /My long text/)
  const many = await owner.post("/desk/new", { title: "T", body: "b", tags: "a,b,c,d,e,f,g" })
  assert.match(many.text, /at most 6 tags/)
  const umlauts = "ä".repeat(50_000)
  assert.match(await write(owner, "Long", { body: umlauts }), /\/post\/long/)
  assert.equal(
    (await owner.post("/desk/new", { title: "T", body: "x".repeat(60_001) })).status,
    400,
  )
})

test("the blog shows its title and author", async (t) => {
  const app = await startApp(t, { title: "My <Blog>", author: "Zoë" })
  const { text } = await app.visitor().get("/")
  assert.match(text, /My &lt;Blog&gt;/)
  assert.match(text, /Zoë/)
  assert.equal(typeof settings.title, "string")
})
