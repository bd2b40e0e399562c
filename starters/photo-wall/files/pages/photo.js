import { html } from "../server/html.js"
import { icons, layout } from "./layout.js"

export const described = ({ caption, by }) =>
  caption || (by ? `Photo by ${by}` : "Photo without a caption")
export const imagePath = ({ id, ending }) => `/images/${id}.${ending}`

/** One photo as large as the window. */
export function photoPage({ settings }, { photo, isOwner, newer, older }) {
  const { id, width, height, caption, by, at, approved } = photo
  return layout(settings, {
    title: described(photo),
    isOwner,
    body: html`<main class="single">
<nav aria-label="Photos"><a class="link" href="/#p${id}">Back to the wall</a>
<span class="steps">${newer ? html`<a class="round" href="/photos/${newer}" rel="prev" aria-label="Newer photo">${icons.left}</a>` : html`<span class="round off"></span>`}${older ? html`<a class="round" href="/photos/${older}" rel="next" aria-label="Older photo">${icons.right}</a>` : html`<span class="round off"></span>`}</span></nav>
<figure><img class="large" src="${imagePath(photo)}" width="${width}" height="${height}" alt="${described(photo)}">
<figcaption><h1 class="caption-title">${caption || "Untitled"}</h1><p class="quiet">${by && html`by ${by}, `}${at.slice(0, 10)}</p></figcaption></figure>
${isOwner && ownerTools(id, caption, approved)}
</main>`,
  })
}

function ownerTools(id, caption, approved) {
  return html`<section class="panel tools" aria-label="Owner's tools">
  <form method="post" action="/photos/${id}/caption"><label for="caption">Caption</label><input id="caption" name="caption" maxlength="200" value="${caption}"><button class="button">Save caption</button></form>
  ${!approved && html`<form method="post" action="/photos/${id}/approve"><button class="button main">Hang it up</button></form>`}
  <form method="post" action="/photos/${id}/delete" data-confirm="Delete this photo for good?"><button class="button danger">Delete photo</button></form>
</section>`
}
