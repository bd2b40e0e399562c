import { html } from "../server/html.js"

export const icons = {
  camera: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 8h4l2-3h4l2 3h4v11H4z" /><circle cx="12" cy="13" r="3.500" /></svg>`,
  left: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m14 6-6 6 6 6" /></svg>`,
  right: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="m10 6 6 6-6 6" /></svg>`,
}

export const layout = (settings, { title, isOwner, body }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/base.css">
<link rel="stylesheet" href="/public/wall.css">
<link rel="stylesheet" href="/public/single.css">
<script type="module" src="/public/app.js"></script>
</head>
<body>
${body}
<footer class="foot">${
  isOwner
    ? html`<form method="post" action="/owner/sign-out"><button class="plain">Sign out as the owner</button></form>`
    : html`<a href="/owner/sign-in">For the owner</a>`
}</footer>
</body>
</html>`
