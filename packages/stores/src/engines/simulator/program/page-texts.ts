import type { Selling } from "./selling.ts"
import { shippingPrice } from "./selling.ts"
import type { Settings } from "./settings.ts"

type Product = ReturnType<Selling["product"]>
type Cart = ReturnType<Selling["cart"]>
type Order = ReturnType<Selling["order"]>

export function productsPage(settings: Settings, products: Product[]): string {
  const tiles = products.map(
    (product) =>
      `<li><a href="/products/${plain(product.handle)}">${plain(product.title)}</a><span>${price(product)}</span></li>`,
  )
  const list =
    tiles.length > 0
      ? `<ul class="tiles">${tiles.join("")}</ul>`
      : "<p>Nothing is for sale yet.</p>"
  return shell(settings, "Products", list)
}

export function productPage(settings: Settings, product: Product): string {
  return shell(
    settings,
    product.title,
    `<p class="price">${price(product)}</p><p>${product.stock} in stock</p>
     <form method="post" action="/cart"><input type="hidden" name="productId" value="${plain(product.id)}">
     <label>Quantity <input name="quantity" type="number" min="1" max="${product.stock}" value="1"></label>
     <button>Add to cart</button></form>`,
  )
}

export function cartPage(settings: Settings, cart: Cart | undefined, refused?: string): string {
  if (!cart || cart.items.length === 0) return shell(settings, "Cart", "<p>Your cart is empty.</p>")
  const { currency } = cart
  const rows = cart.items.map(
    (item) =>
      `<tr><td>${plain(item.title)}</td><td>${item.quantity}</td><td>${price({ price: item.price * item.quantity, currency })}</td></tr>`,
  )
  const sums = `<tr><td>Parcel</td><td></td><td>${price({ price: shippingPrice, currency })}</td></tr>
    <tr><th>Total</th><td></td><th>${price({ price: cart.total + shippingPrice, currency })}</th></tr>`
  const why = refused ? `<p role="alert">Not sent: ${plain(refused)} is needed.</p>` : ""
  return shell(
    settings,
    "Cart",
    `<table>${rows.join("")}${sums}</table>${why}
     <form method="post" action="/checkout"><h2>Checkout</h2>
     <label>E-mail <input name="email" type="email" required autocomplete="email"></label>
     <label>Name <input name="name" required autocomplete="name"></label>
     <label>Address <input name="address" required autocomplete="street-address"></label>
     <p>You pay in cash on delivery.</p><button>Place order</button></form>`,
  )
}

export function orderPage(settings: Settings, order: Order): string {
  const say =
    order.state === "cancelled" ? "This order was cancelled." : "Thank you. We have your order."
  return shell(
    settings,
    `Order #${order.number}`,
    `<p>${say}</p><p class="price">${price({ price: order.total, currency: order.currency })}</p>`,
  )
}

export function adminPage(settings: Settings, orders: Order[]): string {
  const rows = orders.map(
    (order) =>
      `<tr><td>#${order.number}</td><td>${plain(order.email)}</td><td>${price({ price: order.total, currency: order.currency })}</td><td>${order.state}${order.probe ? " (probe)" : ""}</td></tr>`,
  )
  const head = "<tr><th>Order</th><th>Customer</th><th>Total</th><th>State</th></tr>"
  return shell(
    settings,
    "Orders",
    rows.length > 0 ? `<table>${head}${rows.join("")}</table>` : "<p>No orders yet.</p>",
  )
}

function shell(settings: Settings, title: string, body: string): string {
  const name = plain(settings.name)
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${plain(title)} · ${name}</title>
<style>${style(settings.colour)}</style>
<header><a href="/">${name}</a><a href="/cart">Cart</a></header><main><h1>${plain(title)}</h1>${body}</main>
<footer>A simulated shop, version ${plain(settings.version)}. It sells nothing real.</footer></html>`
}

const style = (colour: string) => `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:44rem;padding:0 1rem}
header{display:flex;justify-content:space-between;padding:1rem 0;border-bottom:3px solid ${colour};font-weight:600}
header a{color:inherit;text-decoration:none}.tiles{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr))}
.tiles li{border:1px solid #8886;border-radius:.5rem;padding:1rem;display:flex;justify-content:space-between;gap:1rem}
label{display:block;margin:.5rem 0}input{display:block;width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{background:${colour};color:#fff;border:0;border-radius:.4rem;padding:.6rem 1.2rem;font:inherit;cursor:pointer}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.4rem;border-bottom:1px solid #8884}
.price{font-size:1.3rem}[role=alert]{color:#b91c1c}footer{margin:3rem 0 1rem;font-size:.85rem;opacity:.7}`

const price = ({ price: minor, currency }: { price: number; currency: string }) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 100)

const plain = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
