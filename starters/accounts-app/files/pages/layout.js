import { html } from "../server/html.js"

export const icons = {
  logo: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5" /></svg>`,
  pin: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M9 4h6l-1 6 3 3H7l3-3zM12 13v7" /></svg>`,
  plus: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M12 5v14M5 12h14" /></svg>`,
  search: html`<svg aria-hidden="true" viewBox="0 0 24 24"><circle cx="11" cy="11" r="6" /><path d="m20 20-4.5-4.5" /></svg>`,
  lock: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3" /></svg>`,
}

export function layout(settings, { title, account, body }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${settings.title}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/base.css">
<link rel="stylesheet" href="/public/notes.css">
<script type="module" src="/public/app.js"></script>
</head>
<body>
<header class="top">
  <a class="brand" href="/">${icons.logo}<span>${settings.title}</span></a>
  ${
    account
      ? html`<nav aria-label="Account"><a href="/account">${account.email}</a>
  <form method="post" action="/sign-out"><button class="button">Sign out</button></form></nav>`
      : html`<nav aria-label="Account"><a href="/sign-in">Sign in</a><a href="/sign-up">Sign up</a></nav>`
  }
</header>
<main>${body}</main>
</body>
</html>`
}

export const problemLine = (problem) =>
  problem && html`<p class="problem" role="alert">${problem.message}</p>`
