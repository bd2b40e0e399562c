import { type Html, html } from "../html.ts"
import type { Category } from "../shop-api-shapes.ts"
import type { ShopLook } from "../theme.ts"

/** What every page shows around its own part. */
export interface Frame {
  look: ShopLook
  categories: Category[]
  /** pieces in the visitor's cart */
  pieces: number
  /** what the visitor searches for; shown in the field */
  words: string
}

export interface Page {
  /** of the tab; the shop's name follows */
  title: string
  /** for search engines; absent on pages that are one visitor's own */
  description?: string
  body: Html
}

export function layout(frame: Frame, page: Page): string {
  const { look } = frame
  const title = page.title === look.name ? look.name : `${page.title} · ${look.name}`
  const about = page.description?.slice(0, 160)
  return html`<!doctype html>
<html lang="${look.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${about ? html`<meta name="description" content="${about}">` : html`<meta name="robots" content="noindex">`}
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/assets/shop.css">
<link rel="icon" href="/assets/logo">
<script src="/assets/shop.js" type="module"></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
${head(frame)}
<main id="content" tabindex="-1">
${page.body}
</main>
<footer><p>${look.name}</p></footer>
<div id="said" class="said" role="status" aria-live="polite"></div>
</body>
</html>
`.markup
}

function head({ look, categories, pieces, words }: Frame): Html {
  const name = look.logo
    ? html`<img src="/assets/logo" alt="${look.name}" height="32">`
    : html`${look.name}`
  const count = html`<span class="count" data-pieces ${pieces === 0 ? html`hidden` : ""}>${pieces}</span>`
  return html`<header>
<div class="bar">
<a class="name" href="/">${name}</a>
<form class="search" action="/search" role="search">
<label class="away" for="words">Search products</label>
<input id="words" name="q" type="search" placeholder="Search" value="${words}" maxlength="100" autocomplete="off">
<button class="quiet-button" aria-label="Search">${magnifier}</button>
</form>
<a class="cart" href="/cart">${basket}<span>Cart</span> ${count}</a>
</div>
${
  categories.length > 0 &&
  html`<nav aria-label="Categories"><ul>${categories.map(
    ({ handle, name }) =>
      html`<li><a href="/categories/${encodeURIComponent(handle)}">${name}</a></li>`,
  )}</ul></nav>`
}
</header>`
}

const icon = (paths: Html) =>
  html`<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`
const magnifier = icon(html`<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>`)
const basket = icon(html`<path d="M5 9h14l-1.5 10h-11z"/><path d="m9 9 3-5 3 5"/>`)
