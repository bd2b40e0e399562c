import { settings } from "../settings.js"
import { html } from "../web/html.js"

/** A whole page. */
export const layout = ({ title, body }) => html`<!doctype html>
<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
</head>
<body>
<header class="top"><a class="brand" href="/"><svg aria-hidden="true" viewBox="0 0 24 24"><path class="mark-back" d="M7 3h13a1 1 0 0 1 1 1v11" /><rect class="mark-front" x="3" y="7" width="15" height="13" rx="2" /></svg><span>${settings.title}</span></a></header>
${body}
</body>
</html>`
