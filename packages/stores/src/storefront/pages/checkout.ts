import { type Html, html } from "../html.ts"
import { money } from "../money.ts"
import type { Cart, Region, ShippingOption } from "../shop-api-shapes.ts"
import { sums } from "./cart.ts"

/** What a buyer wrote, as they wrote it, and what is wrong with it, by the fields' names. */
export interface Written {
  values: Record<string, string>
  mistakes: Record<string, string>
}

export const fields = [
  { name: "email", label: "E-mail", type: "email", fill: "email", most: 200 },
  { name: "first_name", label: "First name", type: "text", fill: "given-name", most: 100 },
  { name: "last_name", label: "Last name", type: "text", fill: "family-name", most: 100 },
  {
    name: "address_1",
    label: "Street and number",
    type: "text",
    fill: "street-address",
    most: 200,
  },
  { name: "postal_code", label: "Postal code", type: "text", fill: "postal-code", most: 20 },
  { name: "city", label: "Town", type: "text", fill: "address-level2", most: 100 },
] as const

type Around = { cart: Cart; locale: string }

function step(at: 1 | 2 | 3, { cart, locale }: Around, body: Html): Html {
  const names = ["Address", "Delivery", "Check and order"]
  return html`<h1>Checkout</h1>
<ol class="steps">${names.map(
    (name, index) => html`<li ${index + 1 === at && html`aria-current="step"`}>${name}</li>`,
  )}</ol>
<div class="two"><div>${body}</div>
<aside class="sum" aria-label="Your order">${sums(cart, locale)}</aside></div>`
}

export function addressPage(around: Around, region: Region, { values, mistakes }: Written): Html {
  const wrong = Object.keys(mistakes).length
  const country = values.country_code ?? region.countries[0]?.iso_2
  return step(
    1,
    around,
    html`<form method="post" action="/checkout/address" novalidate>
${wrong > 0 && html`<p class="failure" role="alert">${wrong === 1 ? "One field needs" : `${wrong} fields need`} another look.</p>`}
<div class="fields">${fields.map((field) => inputField(field, { values, mistakes }))}
<div class="field"><label for="country_code">Country</label>
<select id="country_code" name="country_code" autocomplete="country">${region.countries.map(
      ({ iso_2, display_name }) =>
        html`<option value="${iso_2}" ${iso_2 === country && html`selected`}>${display_name}</option>`,
    )}</select></div></div>
<button class="wide">Go on to delivery</button>
</form>`,
  )
}

function inputField(field: (typeof fields)[number], { values, mistakes }: Written): Html {
  const { name, label, type, fill, most } = field
  const mistake = mistakes[name]
  const told = mistake && html`aria-invalid="true" aria-describedby="${name}-mistake"`
  return html`<div class="field" data-field="${name}"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${fill}" maxlength="${most}" value="${values[name] ?? ""}" required ${told}>
${mistake && html`<p class="mistake" id="${name}-mistake">${mistake}</p>`}</div>`
}

export function deliveryPage(around: Around, options: ShippingOption[], failure?: string): Html {
  const { cart, locale } = around
  const chosen = cart.shipping_methods[0]?.shipping_option_id ?? options[0]?.id
  if (options.length === 0)
    return step(
      2,
      around,
      html`<p class="note" role="note">The shop does not deliver to this address.</p><a class="button" href="/checkout">Change the address</a>`,
    )
  return step(
    2,
    around,
    html`<form method="post" action="/checkout/delivery">
${failure && html`<p class="failure" role="alert">${failure}</p>`}
<fieldset class="variants"><legend>How it comes to you</legend>${options.map(
      ({
        id,
        name,
        amount,
        type,
      }) => html`<label class="variant"><input type="radio" name="option" value="${id}" required
${id === chosen && html`checked`}><span>${name}${type?.description && html` <span class="quiet">${type.description}</span>`}</span>
<span>${money(amount, { currency: cart.currency_code, locale })}</span></label>`,
    )}</fieldset>
<button class="wide">Go on to check</button></form>`,
  )
}

export function reviewPage(around: Around, failure?: string): Html {
  const { cart } = around
  const to = cart.shipping_address
  return step(
    3,
    around,
    html`${failure && html`<p class="failure" role="alert">${failure}</p>`}
<section class="box"><h2>Delivered to</h2><p>${to?.first_name} ${to?.last_name}<br>${to?.address_1}<br>${to?.postal_code} ${to?.city}</p>
<p class="quiet">${cart.email}</p><a href="/checkout">Change the address</a></section>
<section class="box"><h2>Payment</h2><p>You pay when it is delivered, or by the invoice the shop sends.</p></section>
<form method="post" action="/checkout/order" data-island="once"><button class="wide">Place the order</button></form>`,
  )
}
