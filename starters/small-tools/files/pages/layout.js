import { settings } from "../settings.js"
import { html } from "../web/html.js"

/** A whole page. @param script a file of public/ that makes it live */
export const layout = ({ title, body, script }) => html`<!doctype html>
<html lang="${settings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
${script && html`<script type="module" src="${script}"></script>`}
</head>
<body>
${body}
</body>
</html>`
