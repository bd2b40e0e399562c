// The frame around every page.
import { attribute, html } from "./html.js"

const styles = ["base", "list", "views", "record", "parts", "narrow"]

export function layout(app, { title, entity, body }) {
  const { spec, isExample } = app
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
${tabs(app, entity)}
${account(app)}
</header>
${isExample ? example(entity) : ""}
<main id="content"${attribute("inert", isExample)}>
${body}
</main>
</body>
</html>`
}

function tabs({ spec, may }, entity) {
  const lists = spec.entities.filter((each) => may.read(each) || may.add(each))
  if (lists.length < 2) return ""
  const tab = (each) =>
    html`<a href="/${each.plural}"${attribute('aria-current="page"', each === entity)}>${each.labelPlural}</a>`
  return html`<nav aria-label="Lists">${lists.map(tab)}</nav>`
}

/** Nothing in an example does anything, so nothing of it can be reached. */
const example = (entity) =>
  html`<p class="example">An example: nothing of this is kept. <a href="/${entity.plural}">Back to your ${entity.labelPlural.toLowerCase()}</a></p>`

/** Who is here, or the way in; nothing in an app that is for everybody. */
function account({ accounts, who }) {
  if (!accounts) return ""
  if (who)
    return html`<form class="account" method="post" action="/-/sign-out"><span>${who.name}</span> <button class="link">Sign out</button></form>`
  const way = accounts.hasOwner() ? ["sign-in", "Sign in"] : ["owner", "Set up"]
  return html`<p class="account"><a href="/-/${way[0]}">${way[1]}</a></p>`
}

/** One of eight calm tints, always the same for the same name. */
function tintOf(name) {
  return [...name].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 997, 7) % 8
}
