import { signOutPart } from "../owner.js"
import { settings } from "../settings.js"
import { html } from "../web/html.js"

/**
 * A whole page.
 * @param owner whether the owner looks at it, and so gets the navigation
 * @param at the navigation's entry that it belongs to
 */
export const layout = ({ title, body, owner = false, at, script }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${settings.business_name}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/hanken-grotesk.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/lines.css">
<link rel="stylesheet" href="/paper.css">
${script && html`<script type="module" src="${script}"></script>`}
</head>
<body>
<header class="top">
  <a class="brand" href="/"><span class="brand-sign" aria-hidden="true"></span>${settings.business_name}</a>
  ${owner && navigation(at)}
</header>
${body}
</body>
</html>`

const places = [
  ["/", "Invoices"],
  ["/customers", "Customers"],
]
const navigation = (at) => html`<nav class="nav" aria-label="Main">
  ${places.map(([path, name]) => html`<a href="${path}" ${at === path && html`aria-current="page"`}>${name}</a>`)}
  ${signOutPart}</nav>`
