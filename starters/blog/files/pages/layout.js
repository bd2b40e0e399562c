import { settings } from "../settings.js"
import { html } from "../web/html.js"

/** A whole page. @param owner whether the owner looks at it */
export const layout = ({ title, body, owner = false, script }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="alternate" type="application/rss+xml" title="${settings.title}" href="/feed.xml">
<link rel="preload" href="/fonts/newsreader.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/post.css">
${script && html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">Go to the content</a>
<header class="top">
  <a class="brand" href="/">${settings.title}</a>
  <nav class="nav" aria-label="Main">
    ${owner && html`<a href="/desk">Desk</a> <a class="button small" href="/desk/new">Write</a>`}
    <a href="/feed.xml">Feed</a>
  </nav>
</header>
<main id="main">${body}</main>
<footer class="foot"><span>${settings.author || settings.title}</span><a href="/desk">${owner ? "Desk" : "Owner"}</a></footer>
</body>
</html>`

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" })
/** A moment as a day, for people and programs. */
export const datePart = (moment) =>
  html`<time datetime="${moment.slice(0, 10)}">${date.format(new Date(moment))}</time>`

/** How long it takes to read, at 220 words a minute. */
export const readingText = (body) =>
  `${Math.max(1, Math.round(body.split(/\s+/).length / 220))} min to read`

export const tagsPart = (tags) =>
  tags.length > 0 &&
  html`<ul class="tags">${tags.map(
    (tag) => html`<li><a href="/tag/${encodeURIComponent(tag)}">${tag}</a></li>`,
  )}</ul>`
