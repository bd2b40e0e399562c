import { type Html, html } from "../html.ts"
import type { Product } from "../shop-api-shapes.ts"

/** A product's picture; where it has none, a quiet drawing that is its own and stays the same. */
export function picture(
  of: Pick<Product, "handle" | "title" | "thumbnail">,
  { eager = false, alt = "" }: { eager?: boolean; alt?: string } = {},
): Html {
  if (!of.thumbnail) return drawing(of.handle)
  const loading = eager ? "eager" : "lazy"
  return html`<img class="picture" src="${ownPath(of.thumbnail)}" alt="${alt}" loading="${loading}" decoding="async" width="600" height="600">`
}

/** Files of the shop itself are asked for at the page's own origin. */
export function ownPath(url: string): string {
  const path = /^https?:\/\/[^/]+(\/static\/.*)$/.exec(url)?.[1]
  return path ?? url
}

function drawing(handle: string): Html {
  const sum = [...handle].reduce((total, char) => (total * 31 + char.charCodeAt(0)) >>> 0, 7)
  const part = (shift: number, most: number) => (sum >>> shift) % most
  const shapes = [
    html`<circle class="a" cx="${30 + part(2, 40)}" cy="${30 + part(5, 40)}" r="${22 + part(8, 12)}"/>`,
    html`<rect class="b" x="${10 + part(11, 40)}" y="${40 + part(14, 20)}" width="46" height="34" rx="${part(17, 17)}"/>`,
    html`<path class="c" d="M${8 + part(4, 20)} 88 L${40 + part(7, 20)} ${34 + part(10, 20)} L${76 + part(13, 16)} 88 Z"/>`,
  ]
  const first = part(20, 3)
  return html`<svg class="picture drawing" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${shapes[first]}${shapes[(first + 1) % 3]}</svg>`
}
