import { attribute, html } from "../server/html.js"
import { noteLimits } from "../server/notes.js"
import { layout, problemLine } from "./layout.js"

/** A note to write or to change; `problem` is why it could not be saved. */
export function notePage(settings, { account, note, problem }) {
  const { id, title, text, pinned, version } = note
  return layout(settings, {
    title: id ? title || "Note" : "New note",
    account,
    body: html`<form class="sheet page" method="post" action="${id ? `/notes/${id}` : "/notes"}" data-guard>
  <h1 class="unseen">${id ? "Change a note" : "New note"}</h1>
  ${problemLine(problem)}
  <label class="unseen" for="title">Title</label>
  <input class="title" id="title" name="title" maxlength="${noteLimits.title}" placeholder="Title" value="${title}"${attribute("autofocus", !id)}>
  <label class="unseen" for="text">Text</label>
  <textarea id="text" name="text" rows="14" maxlength="${noteLimits.text}" placeholder="What is on your mind?">
${text}</textarea>
  <input type="hidden" name="version" value="${version}">
  <div class="row">
    <label class="check"><input type="checkbox" name="pinned" value="1"${attribute("checked", Boolean(pinned))}>Pin to the top</label>
    <a class="button" href="/">Cancel</a>
    <button class="button main">Save</button>
  </div>
</form>
${id && html`<form class="below" method="post" action="/notes/${id}/delete" data-confirm="Delete this note?"><button class="button danger">Delete note</button></form>`}`,
  })
}
