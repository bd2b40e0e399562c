import { html } from "../server/html.js"

export const icons = {
  logo: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 5h16v11H10l-5 4v-4H4z" /></svg>`,
  send: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 12 20 4l-5 16-3-7z" /></svg>`,
  trash: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" /></svg>`,
}

export function layout(settings, { title, body }) {
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
<link rel="stylesheet" href="/public/chat.css">
<link rel="stylesheet" href="/public/messages.css">
<script type="module" src="/public/chat.js"></script>
</head>
<body>${body}</body>
</html>`
}
