// A blog: everybody reads, the owner writes.
import { feedOf } from "./feed.js"
import { render } from "./markdown.js"
import { createOwner } from "./owner.js"
import { deskPage } from "./pages/desk.js"
import { editorPage, postFields, tagsFrom } from "./pages/editor.js"
import { homePage } from "./pages/home.js"
import { layout } from "./pages/layout.js"
import { postPage } from "./pages/post.js"
import { openPosts } from "./posts.js"
import { settings } from "./settings.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { themeCss } from "./web/theme.js"

const posts = openPosts()
const owner = createOwner({ db: posts.db, layout, home: "/desk" })
const theme = themeCss(settings.accent, { light: "#f2efe8", dark: "#25241f" })
const size = Math.round(settings.posts_per_page)

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  bytesMax: 512 * 1024,
  imagesFrom: "https:",
  routes: [
    ["GET", "/", (visit) => listed(visit)],
    ["GET", "/tag/:tag", (visit) => listed(visit, visit.params.tag)],
    ["GET", "/post/:slug", showPost],
    ["GET", "/feed.xml", feed],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ...owner.routes,
    ...[
      ["GET", "/desk", () => page(deskPage(posts.all()))],
      ["GET", "/desk/new", () => page(editorPage({}))],
      ["POST", "/desk/new", (visit) => save(visit)],
      ["POST", "/desk/preview", preview],
      ["GET", "/desk/:id", edit],
      ["POST", "/desk/:id", (visit) => save(visit, postOf(visit).id)],
      ["GET", "/desk/:id/look", (visit) => page(postPage({ post: postOf(visit), owner: true }))],
      ["POST", "/desk/:id/unpublish", (visit) => act(visit, posts.unpublish)],
      ["POST", "/desk/:id/delete", (visit) => act(visit, posts.remove)],
    ].map(([method, path, handle]) => [method, path, owner.only(handle)]),
  ],
})

function listed(visit, tag) {
  const at = Math.max(1, Math.min(10_000, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1))
  const words = (visit.query.get("q") ?? "").trim().slice(0, 100)
  const found = posts.page({ tag, words, at, size })
  if (tag && found.posts.length === 0) throw new Refusal(404, "No post has this tag.")
  const signedIn = owner.signedIn(visit)
  return page(homePage({ ...found, at, tag, words, tags: posts.tags(), owner: signedIn }))
}

function showPost(visit) {
  const post = posts.published(visit.params.slug)
  if (!post) throw new Refusal(404, "There is no such post, or it was taken back.")
  return page(postPage({ post, beside: posts.beside(post), owner: owner.signedIn(visit) }))
}

function feed({ origin }) {
  const { posts: newest } = posts.page({ size: 20 })
  return textFile("application/rss+xml", feedOf(newest, origin))
}

function postOf({ params }) {
  const post = /^\d{1,15}$/.test(params.id) && posts.find(Number(params.id))
  if (!post) throw new Refusal(404, "There is no such post.")
  return post
}

function edit(visit) {
  const post = postOf(visit)
  const saved = visit.query.has("saved")
  return page(editorPage({ post, values: { ...post, tags: post.tags.join(", ") }, saved }))
}

async function save(visit, id) {
  const form = await visit.form()
  const read = readFields(form, postFields)
  if (!read.ok) return page(editorPage({ post: id && posts.find(id), ...read }), 400)
  const saved = posts.save(id, { ...read.values, tags: tagsFrom(read.values.tags) })
  if (form.get("act") !== "publish") return redirect(`/desk/${saved}?saved`)
  posts.publish(saved)
  return redirect(`/post/${encodeURIComponent(posts.find(saved).slug)}`)
}

async function preview(visit) {
  const read = readFields(await visit.form(), { body: postFields.body })
  return page(render(read.values.body))
}

function act(visit, change) {
  change(postOf(visit).id)
  return redirect("/desk")
}
