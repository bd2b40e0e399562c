import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { icons } from "./icons.js"

/** A whole page. @param wide for pages that need all of the width */
export const layout = ({ title, body }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === settings.title ? title : `${title} · ${settings.title}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/fraunces.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/times.css">
</head>
<body>
<header class="top"><a class="brand" href="/">${icons.mark}<span>${settings.title}</span></a></header>
${body}
<footer class="foot"><a href="/owner">Owner</a></footer>
</body>
</html>`
