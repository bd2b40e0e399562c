import { type Html, html } from "../html.ts"
import type { Order } from "../shop-api-shapes.ts"
import { sums } from "./cart.ts"

export function orderPage(order: Order, locale: string): Html {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" })
  const to = order.shipping_address
  return html`<div class="thanks"><h1>Thank you</h1>
<p class="lead">Order <strong>#${order.display_id}</strong> of ${day.format(new Date(order.created_at))}${
    order.status === "canceled" ? html` was <strong>cancelled</strong>` : " was placed"
  }.</p></div>
<div class="two"><section class="box"><h2>Delivered to</h2>
<p>${to?.first_name} ${to?.last_name}<br>${to?.address_1}<br>${to?.postal_code} ${to?.city}</p>
<p class="quiet">${order.email}</p><a class="button" href="/">Back to the shop</a></section>
<aside class="sum" aria-label="Your order">${sums(order, locale)}</aside></div>`
}

export function troublePage(of: { heading: string; say: string }): Html {
  return html`<div class="empty"><h1>${of.heading}</h1><p>${of.say}</p><a class="button" href="/">See all products</a></div>`
}
