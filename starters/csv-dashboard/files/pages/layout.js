import { html } from "../server/html.js"

export const icons = {
  logo: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 20V10M10 20V4M16 20v-7M22 20H2" /></svg>`,
  upload: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M12 16V4m0 0L7 9m5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3" /></svg>`,
  download: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M12 4v12m0 0 5-5m-5 5-5-5M4 20h16" /></svg>`,
  trash: html`<svg aria-hidden="true" viewBox="0 0 24 24"><path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5" /></svg>`,
  search: html`<svg aria-hidden="true" viewBox="0 0 24 24"><circle cx="11" cy="11" r="6" /><path d="m20 20-4.5-4.5" /></svg>`,
}

/** One page: `head` is what stands beside the title, `body` the main part. */
export function layout(settings, { title, actions, body }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/base.css">
<link rel="stylesheet" href="/public/home.css">
<link rel="stylesheet" href="/public/dashboard.css">
<script type="module" src="/public/app.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <a class="brand" href="/">${icons.logo}<span>${settings.title}</span></a>
  <div class="actions">${actions}</div>
</header>
<main id="main">${body}</main>
</body>
</html>`
}
