import { html } from "../server/html.js"

export function layout({ title, scripts, body }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/game.css">
<link rel="stylesheet" href="/public/board.css">
<link rel="stylesheet" href="/public/narrow.css">
${scripts}
</head>
<body>
${body}
</body>
</html>`
}
