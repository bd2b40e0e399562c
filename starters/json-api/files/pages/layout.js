import { html } from "../server/html.js"

export const layout = ({ title, body }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/public/icon.svg">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/public/docs.css">
<link rel="stylesheet" href="/public/operation.css">
<script type="module" src="/public/try.js"></script>
</head>
<body>${body}</body>
</html>`
