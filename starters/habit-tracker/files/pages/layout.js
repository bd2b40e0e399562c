import { html } from "../server/html.js"

export const icons = {
  logo: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 12.500 9.500 18 20 6" /></svg>`,
  check: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m5 12.500 5 5L19.500 7" /></svg>`,
  flame: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M12 3c1 4 5 5.500 5 10.500a5 5 0 0 1-10 0c0-2 1-3.500 2-4.500.300 1.500 1 2.300 1.800 2.500C10.500 9 10.500 6 12 3z" /></svg>`,
  left: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m14 6-6 6 6 6" /></svg>`,
  right: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m10 6 6 6-6 6" /></svg>`,
}

export const layout = (settings, { title, place, body }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${settings.title}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/base.css">
<link rel="stylesheet" href="/public/habits.css">
<link rel="stylesheet" href="/public/month.css">
<link rel="stylesheet" href="/public/narrow.css">
<script type="module" src="/public/app.js"></script>
</head>
<body>
<header class="top"><a class="brand" href="/">${icons.logo}<span>${settings.title}</span></a>
<nav aria-label="Views">${Object.entries({ Week: "/", Month: "/month" }).map(
  ([name, path]) =>
    html`<a href="${path}"${place === name && html` aria-current="page"`}>${name}</a>`,
)}</nav></header>
<main>${body}</main>
</body>
</html>`

/** The head of a view with what lies before and after it. */
export const steps = ({ title, before, after, now }) => html`<div class="steps">
  <h1>${title}</h1>
  <nav aria-label="Other times"><a class="round" href="${before}" aria-label="Earlier">${icons.left}</a>
  ${now && html`<a class="button" href="${now}">Today</a>`}
  ${after && html`<a class="round" href="${after}" aria-label="Later">${icons.right}</a>`}</nav>
</div>`
