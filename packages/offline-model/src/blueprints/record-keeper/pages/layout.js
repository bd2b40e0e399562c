// The frame around every page.
import { attribute, html } from "./html.js"

const styles = ["base", "list", "record", "narrow"]

export function layout(spec, { title, entity, body }) {
  const fullTitle = title === spec.name ? title : `${title} · ${spec.name}`
  return html`<!doctype html>
<html lang="en" data-tint="${tintOf(spec.name)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${fullTitle}</title>
<link rel="icon" href="/public/icon.svg" type="image/svg+xml">
${styles.map((name) => html`<link rel="stylesheet" href="/public/${name}.css">`)}
<script src="/public/app.js" type="module"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/">${spec.name}</a>
${spec.entities.length > 1 ? tabs(spec, entity) : ""}
</header>
<main id="content">
${body}
</main>
</body>
</html>`
}

function tabs(spec, entity) {
  const tab = (each) =>
    html`<a href="/${each.plural}"${attribute('aria-current="page"', each === entity)}>${each.labelPlural}</a>`
  return html`<nav aria-label="Lists">${spec.entities.map(tab)}</nav>`
}

/** One of eight calm tints, always the same for the same name. */
function tintOf(name) {
  return [...name].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 997, 7) % 8
}
