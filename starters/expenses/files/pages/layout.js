import { html } from "../server/html.js"

export const icons = {
  logo: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM9 8h6M9 12h6" /></svg>`,
  arrow: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 12h16m-6-6 6 6-6 6" /></svg>`,
  check: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m5 13 4 4L19 7" /></svg>`,
}

export const layout = (settings, { title, body }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === settings.groupName ? title : `${title} · ${settings.groupName}`}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/base.css">
<link rel="stylesheet" href="/public/people.css">
<link rel="stylesheet" href="/public/book.css">
<script type="module" src="/public/app.js"></script>
</head>
<body>
<header class="top"><a class="brand" href="/">${icons.logo}<span>${settings.groupName}</span></a><a class="link" href="/expenses.csv">Download as CSV</a></header>
<main>${body}</main>
</body>
</html>`

/** A person as a coloured initial; the colour is that of their place in the group. */
export function avatar({ people }, person) {
  const at = people.indexOf(person)
  return html`<span class="avatar tint-${at < 0 ? "x" : at % 8}" aria-hidden="true">${[...person][0].toUpperCase()}</span>`
}
