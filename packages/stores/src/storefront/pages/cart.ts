import { type Html, html } from "../html.ts"
import { money } from "../money.ts"
import type { Cart, Line, Order } from "../shop-api-shapes.ts"
import { picture } from "./picture.ts"

export function cartPage(
  cart: Cart | undefined,
  { locale, failure }: { locale: string; failure: string | undefined },
): Html {
  if (!cart || cart.items.length === 0)
    return html`<h1>Cart</h1><div class="empty"><p>Your cart is empty.</p><a class="button" href="/">See all products</a></div>`
  const how = { currency: cart.currency_code, locale }
  return html`<h1>Cart</h1>
${failure && html`<p class="failure" role="alert">${failure}</p>`}
<div class="two">
<ul class="lines">${cart.items.map((line) => cartLine(line, how))}</ul>
<aside class="sum" aria-label="Total">
<dl><div><dt>Goods</dt><dd>${money(cart.item_total, how)}</dd></div></dl>
<a class="button wide" href="/checkout">Check out</a>
<p class="quiet">Delivery is added at checkout.</p>
</aside></div>`
}

function cartLine(line: Line, how: { currency: string; locale: string }): Html {
  const field = `quantity-${line.id}`
  const name = titleOf(line)
  return html`<li class="line">
<div class="thumb">${picture({ handle: line.product_handle ?? line.id, title: name, thumbnail: line.thumbnail })}</div>
<div class="what"><a href="/products/${encodeURIComponent(line.product_handle ?? "")}">${name}</a>
<span class="quiet">${money(line.unit_price, how)} each</span>
<form method="post" action="/cart/items/${encodeURIComponent(line.id)}" data-island="submit-on-change">
<label class="away" for="${field}">Quantity of ${name}</label>
<input id="${field}" name="quantity" type="number" inputmode="numeric" min="0" max="99" value="${line.quantity}" required>
<button class="small" data-without-script aria-label="Change the quantity of ${name}">Change</button>
</form>
<form method="post" action="/cart/items/${encodeURIComponent(line.id)}">
<input type="hidden" name="quantity" value="0">
<button class="link" aria-label="Remove ${name}">Remove</button></form></div>
<strong class="cost">${money(line.total, how)}</strong>
</li>`
}

export function titleOf({ product_title, variant_title }: Line): string {
  const plain = !variant_title || /^(default|one size)/i.test(variant_title)
  return plain ? product_title : `${product_title}, ${variant_title}`
}

/** What was or will be paid, line by line. */
export function sums(of: Cart | Order, locale: string): Html {
  const how = { currency: of.currency_code, locale }
  const row = (term: string, amount: number) =>
    html`<div><dt>${term}</dt><dd>${money(amount, how)}</dd></div>`
  return html`<ul class="short">${of.items.map(
    (line) =>
      html`<li><span>${line.quantity} × ${titleOf(line)}</span><span>${money(line.total, how)}</span></li>`,
  )}</ul><dl>
${row("Goods", of.item_total)}
${of.shipping_methods.length > 0 && row(`Delivery (${of.shipping_methods[0]?.name ?? ""})`, of.shipping_total)}
${of.tax_total > 0 && row("Tax", of.tax_total)}
${of.discount_total > 0 && row("Discount", -of.discount_total)}
<div class="total"><dt>Total</dt><dd>${money(of.total, how)}</dd></div></dl>`
}
