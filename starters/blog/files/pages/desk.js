import { signOutPart } from "../owner.js"
import { html } from "../web/html.js"
import { datePart, layout } from "./layout.js"

/** The owner's posts and drafts. */
export const deskPage = (posts) =>
  layout({
    title: "Desk",
    owner: true,
    body: html`
<div class="desk">
  <div class="row apart"><h1>Your desk</h1>${signOutPart}</div>
  ${
    posts.length === 0
      ? html`<div class="blank"><h2>An empty desk</h2><p><a class="button" href="/desk/new">Write the first post</a></p></div>`
      : html`<ul class="papers">${posts.map(
          ({ id, title, published_at, changed_at }) => html`<li>
            <a href="/desk/${id}">${title}</a>
            <p class="meta">${
              published_at
                ? html`Published ${datePart(published_at)}`
                : html`<strong>Draft</strong> of ${datePart(changed_at)}`
            }</p></li>`,
        )}</ul>`
  }
</div>`,
  })
