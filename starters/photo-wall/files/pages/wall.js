import { attribute, html } from "../server/html.js"
import { icons, layout } from "./layout.js"
import { described, imagePath } from "./photo.js"

/** The wall with all photos; `problem` is why the last upload was refused. */
export function wallPage({ settings }, { photos, isOwner, form, problem, waits }) {
  const may = settings.uploads === "everybody" || isOwner
  return layout(settings, {
    title: settings.title,
    isOwner,
    body: html`<header class="head"><h1>${settings.title}</h1>
${settings.subtitle && html`<p>${settings.subtitle}</p>`}</header>
<main>
${waits && html`<p class="notice" role="status">Thank you. Your photo is hung up as soon as the owner has seen it.</p>`}
${may && uploadForm(settings, { form, problem })}
${photos.length === 0 ? emptyWall(may) : html`<ul class="wall">${photos.map((photo, at) => tile(photo, { at, isOwner }))}</ul>`}
</main>`,
  })
}

function uploadForm({ megabytes }, { form, problem }) {
  return html`<form class="upload" method="post" action="/photos" enctype="multipart/form-data" data-upload data-megabytes="${megabytes}">
  <label class="pick" for="photo">${icons.camera}<span><b data-picked>Choose photos</b><small>or drop them here · JPEG, PNG, WebP, GIF up to ${megabytes} MB</small></span></label>
  <input id="photo" name="photo" type="file" accept="image/jpeg,image/png,image/webp,image/gif" required multiple>
  <div><label for="caption">Caption</label><input id="caption" name="caption" maxlength="200" value="${form?.get("caption")}"></div>
  <div><label for="by">Your name</label><input id="by" name="by" maxlength="40" autocomplete="nickname" value="${form?.get("by")}"></div>
  <button class="button main" data-send>Hang up</button>
  <p class="problem" role="alert" data-problem>${problem?.message}</p>
</form>`
}

const emptyWall = (
  may,
) => html`<section class="empty"><div class="ghosts" aria-hidden="true">${Array.from({ length: 10 }, () => html`<i></i>`)}</div>
<div class="over"><h2>The wall is waiting.</h2><p>${may ? "Hang up the first photo: choose one above, or drop it onto this page." : "The owner has not hung up a photo yet."}</p></div></section>`

function tile(photo, { at, isOwner }) {
  const { id, width, height, caption, by, approved } = photo
  return html`<li id="p${id}" class="${!approved && "waiting"}"><a href="/photos/${id}"><img src="${imagePath(photo)}" width="${width}" height="${height}" alt="${described(photo)}"${attribute('loading="lazy"', at > 6)}></a>
${(caption || by) && html`<p>${caption}${by && html` <span class="quiet">${by}</span>`}</p>`}
${isOwner && html`<div class="acts">${!approved && html`<form method="post" action="/photos/${id}/approve"><button class="button main">Hang it up</button></form>`}<form method="post" action="/photos/${id}/delete" data-confirm="Delete this photo for good?"><button class="button danger" aria-label="Delete: ${described(photo)}">Delete</button></form></div>`}</li>`
}
