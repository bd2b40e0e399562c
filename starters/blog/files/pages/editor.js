import { slugOf } from "../posts.js"
import { fieldPart } from "../web/fields.js"
import { html } from "../web/html.js"
import { layout } from "./layout.js"

const tagsMax = 6
/** The tags of a text such as `Bread, Slow cooking`. */
export const tagsFrom = (text) => [
  ...new Set(
    text
      .split(",")
      .map((tag) => slugOf(tag).slice(0, 30))
      .filter(Boolean),
  ),
]

export const postFields = {
  title: { label: "Title", max: 140, required: true },
  body: {
    label: "Text",
    max: 60_000,
    lines: 22,
    required: true,
    help: "In Markdown: # heading, **bold**, *italic*, [words](https://address), - list, > quote, ``` code.",
  },
  tags: {
    label: "Tags",
    max: 200,
    placeholder: "bread, slow cooking",
    check: (value) => tagsFrom(value).length > tagsMax && `Use at most ${tagsMax} tags.`,
  },
}

/** @param post the post that is written anew; nothing for a new one */
export const editorPage = ({ post, values, errors, saved }) =>
  layout({
    title: post ? "Edit" : "Write",
    owner: true,
    script: "/editor.js",
    body: html`
<div class="editor" data-editor>
  <div class="row apart"><h1>${post ? "Edit" : "Write"}</h1>
    ${
      post &&
      html`<p class="muted">${post.published_at ? "Published" : "Draft"}. <a href="${
        post.published_at ? `/post/${encodeURIComponent(post.slug)}` : `/desk/${post.id}/look`
      }">See it</a></p>`
    }</div>
  ${saved && html`<p class="saved" role="status">Saved.</p>`}
  <div class="editor-halves">
    <form class="stack" method="post" action="/desk/${post?.id ?? "new"}">
      ${Object.entries(postFields).map(([name, field]) => fieldPart(name, field, { values, errors }))}
      <div class="row">
        ${!post?.published_at && html`<button class="button" name="act" value="publish">Publish</button>`}
        <button class="button ${!post?.published_at && "quiet"}" name="act" value="save">${post?.published_at ? "Save" : "Save draft"}</button>
      </div>
    </form>
    <section class="editor-look" data-look hidden aria-label="How it will look"><div class="prose" data-prose></div></section>
  </div>
  ${
    post &&
    html`<div class="row remove">
      ${post.published_at && html`<form method="post" action="/desk/${post.id}/unpublish"><button class="button quiet small">Take it back to drafts</button></form>`}
      <form method="post" action="/desk/${post.id}/delete"><button class="button danger small">Delete for good</button></form></div>`
  }
</div>`,
  })
