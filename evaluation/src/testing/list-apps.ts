import { type Answered, type Asked, escaped, seeOther, serve } from "./serve.ts"

/** A shopping list; without a flag it does not do what it shows. */
export function shoppingList(does = { keep: true, live: true, cross: true }) {
  const items: { name: string; done: boolean }[] = []
  return serve(({ method, url, body }) => {
    if (url.pathname === "/items" && method === "GET") return { json: items }
    if (url.pathname === "/items" && does.keep) items.push({ name: body.name ?? "", done: false })
    if (url.pathname === "/tick") {
      const item = items.find(({ name }) => name === body.name)
      if (item) item.done = !item.done
    }
    return method === "POST" ? { json: {} } : { html: shoppingPage(does) }
  })
}

const shoppingPage = (does: { keep: boolean; live: boolean; cross: boolean }) => `
<h1>Shopping</h1><form id="f"><label>Item <input name="name" required></label><button>Add</button></form><ul id="l"></ul>
<script>
const post = (path, body) => fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
const row = ({ name, done }) => {
  const li = document.createElement("li")
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: done })
  box.setAttribute("aria-label", "Got " + name)
  box.onchange = () => post("/tick", { name }).then(show)
  const text = document.createElement(${does.cross} && done ? "s" : "span")
  text.textContent = name
  li.append(box, text)
  return li
}
const show = async () => l.replaceChildren(...(await (await fetch("/items")).json()).map(row))
f.onsubmit = async (event) => {
  event.preventDefault()
  const name = f.name.value
  f.reset()
  await post("/items", { name })
  if (${does.keep}) show()
  else l.append(row({ name, done: false }))
}
show()
if (${does.live}) setInterval(show, 200)
</script>`

/** Notes that open in a form of their own, with a search; \`narrows\`: it finds only what was looked for. */
export function notes(does = { narrow: true }) {
  const all: { title: string; due: string }[] = []
  return serve(({ method, url, body }): Answered => {
    if (method === "POST") {
      all.push({ title: body.title ?? "", due: body.due ?? "" })
      return seeOther("/")
    }
    if (url.pathname === "/new")
      return {
        html: `<form method="post" action="/"><p><label for="t">Title</label><input id="t" name="title" required></p>
          <p>Due<br><input type="date" name="due" required></p><label><input type="checkbox" required name="sure"> I am sure</label><button>Save</button></form>`,
      }
    if (url.pathname === "/notes.csv")
      return {
        text: all.map(({ title }) => title).join("\n"),
        headers: { "content-disposition": "attachment; filename=notes.csv" },
      }
    const q = url.searchParams.get("q")?.toLowerCase() ?? ""
    const shown = does.narrow ? all.filter(({ title }) => title.toLowerCase().includes(q)) : all
    return {
      html: `<a href="/new">New note</a> <a href="/notes.csv">Export</a><form role="search"><input type="search" name="q" aria-label="Find"></form>
        <ul>${shown.map(({ title, due }) => `<li>${escaped(title)} <time>${due}</time></li>`).join("")}</ul>`,
    }
  })
}

/** Notes behind a door; \`separates\`: everybody sees only their own. */
export function privateNotes(does = { separate: true }) {
  const people = new Map<string, string>()
  const all: { by: string; text: string }[] = []
  const form = (action: string, word: string) =>
    `<form method="post" action="${action}"><label>Email <input type="email" name="email" required></label>
     <label>Password <input type="password" name="password" required></label><button>${word}</button></form>`
  return serve(({ method, url, cookie, body }: Asked): Answered => {
    const me = /who=([^;]+)/.exec(cookie)?.[1]
    if (url.pathname === "/sign-out") return seeOther("/", "who=; Max-Age=0")
    if (url.pathname === "/sign-up" && method === "GET")
      return { html: form("/sign-up", "Create account") }
    if (url.pathname === "/sign-up") {
      people.set(body.email ?? "", body.password ?? "")
      return seeOther("/", `who=${encodeURIComponent(body.email ?? "")}`)
    }
    if (url.pathname === "/sign-in")
      return people.get(body.email ?? "") === body.password
        ? seeOther("/", `who=${encodeURIComponent(body.email ?? "")}`)
        : { html: "<p>Wrong password</p>" }
    if (!me) return { html: `${form("/sign-in", "Sign in")}<a href="/sign-up">Sign up</a>` }
    if (method === "POST") {
      all.push({ by: me, text: body.text ?? "" })
      return seeOther("/")
    }
    const mine = all.filter(({ by }) => !does.separate || by === me)
    return {
      html: `<a href="/sign-out">Sign out</a><form method="post"><input name="text" placeholder="Your note"><button>Save</button></form>
        ${mine.map(({ text }) => `<p>${escaped(text)}</p>`).join("")}`,
    }
  })
}

/** A list that only its owner writes, who chooses a password with this code. */
export function owned(code: string) {
  const items: string[] = []
  return serve(({ method, url, cookie, body }): Answered => {
    const ownerPage =
      '<form method="post" action="/owner"><label>Code <input name="code" required></label><label>Password <input type="password" name="password" required></label><button>Begin</button></form>'
    if (url.pathname === "/owner" && method === "GET") return { html: ownerPage }
    if (url.pathname === "/owner")
      return body.code === code ? seeOther("/", "owner=1") : { html: "<p>Wrong code</p>" }
    const isOwner = cookie.includes("owner=1")
    if (method === "POST" && isOwner) items.push(body.item ?? "")
    if (method === "POST") return seeOther("/")
    const form = isOwner
      ? '<form method="post"><label>Item <input name="item"></label><button>Add</button></form>'
      : "<p>Set up and begin</p>"
    return { html: `${form}${items.map((item) => `<p>${escaped(item)}</p>`).join("")}` }
  })
}
