import { type Html, html } from "../html.ts"
import { money } from "../money.ts"
import type { Product, Variant } from "../shop-api-shapes.ts"
import { left } from "../stock.ts"
import { priceRange } from "./list.ts"
import { picture } from "./picture.ts"

export interface Choice {
  product: Product
  locale: string
  /** the variant and quantity that were asked for, when adding them failed */
  asked?: { variant: string; quantity: number }
  failure?: string
}

export function productPage(choice: Choice): Html {
  const { product, locale } = choice
  const others = (product.images ?? []).filter(({ url }) => url !== product.thumbnail).slice(0, 7)
  return html`<article class="product">
<div class="pictures">${picture(product, { eager: true, alt: product.title })}
${others.map(({ url }) => picture({ ...product, thumbnail: url }))}</div>
<div class="about">
<h1>${product.title}</h1>
${product.subtitle && html`<p class="lead">${product.subtitle}</p>`}
<p class="price big">${priceRange(product, locale)}</p>
${buying(choice)}
${(product.description ?? "")
  .split(/\n+/)
  .filter(Boolean)
  .map((text) => html`<p>${text}</p>`)}
</div>
</article>`
}

function buying(choice: Choice): Html {
  const { product, failure, asked } = choice
  const variants = (product.variants ?? []).filter(({ calculated_price }) => calculated_price)
  if (!variants.some((each) => left(each) > 0))
    return html`<p class="note" role="note">Sold out at the moment.</p>`
  return html`<form method="post" action="/cart/items" data-island="add">
<input type="hidden" name="handle" value="${product.handle}">
${variantField(variants, choice)}
<div class="row"><label for="quantity">Quantity</label>
<input id="quantity" name="quantity" type="number" inputmode="numeric" min="1" max="99" value="${asked?.quantity ?? 1}" required>
<button>Add to cart</button></div>
<p class="failure" role="alert" data-failure ${!failure && html`hidden`}>${failure}</p>
</form>`
}

function variantField(variants: Variant[], { asked, locale }: Choice): Html {
  const [only] = variants
  if (only && variants.length === 1)
    return html`<input type="hidden" name="variant" value="${only.id}">`
  const chosen =
    variants.find(({ id }) => id === asked?.variant) ?? variants.find((each) => left(each) > 0)
  return html`<fieldset class="variants"><legend>Choose</legend>${variants.map((variant) => {
    const gone = left(variant) <= 0
    const price = variant.calculated_price
    const cost = price && money(price.calculated_amount, { currency: price.currency_code, locale })
    return html`<label class="variant"><input type="radio" name="variant" value="${variant.id}" required
${variant === chosen && html`checked`} ${gone && html`disabled`}><span>${variant.title}</span>
<span class="quiet">${gone ? "Sold out" : cost}</span></label>`
  })}</fieldset>`
}
