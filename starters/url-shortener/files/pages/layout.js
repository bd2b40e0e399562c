import { settings } from "../settings.js"
import { html } from "../web/html.js"

/** A whole page. */
export const layout = ({ title, body, script }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/space-grotesk.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/links.css">
${script && html`<script type="module" src="${script}"></script>`}
</head>
<body>
<header class="top"><a class="brand" href="/"><svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true"><rect class="sign-ground" width="28" height="28" rx="7"/><path class="sign" d="M8 18 18 8M10 8h8v8" fill="none" stroke-width="3" stroke-linecap="square"/></svg>${settings.title}</a></header>
${body}
</body>
</html>`

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" })
export const dayText = (day) => date.format(new Date(day))

export const timesText = (n) => (n === 1 ? "followed once" : `followed ${n} times`)
