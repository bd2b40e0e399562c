import { type Html, html } from "../html.ts"
import { money } from "../money.ts"
import type { Product } from "../shop-api-shapes.ts"
import { isSoldOut } from "../stock.ts"
import { picture } from "./picture.ts"

export const sorts = [
  { name: "new", title: "Newest first", order: "-created_at" },
  { name: "old", title: "Oldest first", order: "created_at" },
  { name: "az", title: "A to Z", order: "title" },
  { name: "za", title: "Z to A", order: "-title" },
] as const

export interface Listing {
  heading: string
  lead: string
  products: Product[]
  count: number
  offset: number
  limit: number
  /** name of one of `sorts` */
  sort: string
  /** path of this list, and what else is asked of it */
  path: string
  query: Record<string, string>
  locale: string
}

export function listPage(list: Listing): Html {
  return html`<div class="list-head">
<div><h1>${list.heading}</h1>${list.lead && html`<p class="lead">${list.lead}</p>`}</div>
${list.count > 1 && sorting(list)}
</div>
${list.products.length === 0 ? nothing(list) : html`<ul class="products">${list.products.map((product, index) => card(product, { locale: list.locale, eager: index < 4 }))}</ul>`}
${pages(list)}`
}

function sorting({ path, query, sort }: Listing): Html {
  return html`<form class="sort" action="${path}" data-island="submit-on-change">
${Object.entries(query).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label for="sort">Sort by</label>
<select id="sort" name="sort">${sorts.map(
    ({ name, title }) =>
      html`<option value="${name}" ${name === sort && html`selected`}>${title}</option>`,
  )}</select>
<button class="small" data-without-script>Sort</button>
</form>`
}

function card(product: Product, { locale, eager }: { locale: string; eager: boolean }): Html {
  return html`<li class="card"><a href="/products/${encodeURIComponent(product.handle)}">
${picture(product, { eager })}
<h2>${product.title}</h2>
<p class="price">${priceRange(product, locale)}${isSoldOut(product) && html` · Sold out`}</p>
</a></li>`
}

/** The price, or from which price on, where variants differ. */
export function priceRange({ variants }: Product, locale: string): string {
  const prices = (variants ?? []).flatMap(({ calculated_price }) => calculated_price ?? [])
  const lowest = prices.toSorted((a, b) => a.calculated_amount - b.calculated_amount)[0]
  if (!lowest) return "Not for sale"
  const text = money(lowest.calculated_amount, { currency: lowest.currency_code, locale })
  return prices.some((each) => each.calculated_amount !== lowest.calculated_amount)
    ? `from ${text}`
    : text
}

function nothing({ query }: Listing): Html {
  return html`<div class="empty"><p>${query.q ? html`Nothing matches “${query.q}”.` : "There is nothing here yet."}</p><a class="button" href="/">See all products</a></div>`
}

function pages({ path, query, sort, offset, limit, count }: Listing): Html | false {
  if (count <= limit) return false
  const to = (at: number) => {
    const asked = new URLSearchParams({ ...query, sort, page: String(at / limit + 1) })
    return `${path}?${asked}`
  }
  const before =
    offset > 0 &&
    html`<a class="button quiet-button" rel="prev" href="${to(offset - limit)}">Back</a>`
  const after =
    offset + limit < count &&
    html`<a class="button quiet-button" rel="next" href="${to(offset + limit)}">More</a>`
  const shown = `${offset + 1} to ${Math.min(offset + limit, count)} of ${count}`
  return html`<nav class="pages" aria-label="Pages">${before}<span>${shown}</span>${after}</nav>`
}
