import { attribute, html } from "../server/html.js"
import { icons, layout } from "./layout.js"

export function notesPage(settings, { account, notes, search, count, example }) {
  return layout(settings, {
    title: "Notes",
    account,
    body: html`${example && html`<h1 class="unseen">Example of notes</h1><p class="quiet">This is an example. <a href="/">Begin your own notes</a></p>`}<div${attribute("inert", example)}><div class="bar">
  <h1>Notes</h1>
  <form class="search" role="search" method="get"><label class="unseen" for="q">Search</label>${icons.search}<input id="q" name="q" type="search" maxlength="80" value="${search}" placeholder="Search ${count} ${count === 1 ? "note" : "notes"}"></form>
  <a class="button main" href="/notes/new">${icons.plus}New note</a>
</div>
${notes.length > 0 ? html`<ul class="notes">${notes.map(card)}</ul>` : nothing(search)}</div>`,
  })
}

const nothing = (search) =>
  search === ""
    ? html`<section class="alone"><div class="blank" aria-hidden="true"><i></i><i></i><i></i></div><h2>A clean desk.</h2>
<p class="quiet">Your first note is one click away. Nobody but you will see it.</p>
<p><a class="button main" href="/notes/new">${icons.plus}Write a note</a></p></section>`
    : html`<section class="alone"><h2>No note has “${search}”.</h2><p><a class="button" href="/">See all notes</a></p></section>`

function card({ id, title, text, pinned, changed_at: at }) {
  const [first] = text.split("\n", 1)
  // a note without a title is called by its first line, which is then not shown twice
  const words = title || first.length > 80 ? text : text.slice(first.length).trimStart()
  return html`<li class="note${pinned === 1 && " pinned"}">
  <h2><a href="/notes/${id}">${title || (first.length > 80 ? `${first.slice(0, 60)}…` : first)}</a></h2>
  <p class="words">${words.slice(0, 360)}${words.length > 360 && "…"}</p>
  <footer><time datetime="${at}">${at.slice(0, 10)}</time>
  <form method="post" action="/notes/${id}/pin"><button class="pin" aria-pressed="${pinned === 1}" aria-label="Pin ${title || "this note"}" title="Pin">${icons.pin}</button></form></footer>
</li>`
}
