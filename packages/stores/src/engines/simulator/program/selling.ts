import type { DatabaseSync } from "node:sqlite"
import { inTransaction, newId } from "./tables.ts"

export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Row = Record<string, unknown>

/** The words of the shop: products, carts, orders. Money is in minor units. */
export function makeSelling(database: DatabaseSync, currency: string) {
  const read = readerOf(database)
  return { ...productsOf(read, currency), ...cartsOf(read, currency), ...ordersOf(read, currency) }
}
export type Selling = ReturnType<typeof makeSelling>

type Reader = ReturnType<typeof readerOf>

function readerOf(database: DatabaseSync) {
  const all = (sql: string, ...values: (string | number)[]): Row[] =>
    database.prepare(sql).all(...values)
  const one = (sql: string, ...values: (string | number)[]): Row | undefined =>
    database.prepare(sql).get(...values)
  return {
    ...{ database, all, one },
    cart: (id: string) => found(one("select * from carts where id = ?", id), "cart"),
    items: (cart: string) =>
      all(
        "select p.*, i.quantity from cart_items i join products p on p.id = i.product where i.cart = ?",
        cart,
      ),
  }
}

const productsOf = ({ all, one }: Reader, currency: string) => ({
  products: () =>
    all("select * from products where hidden = 0 order by title").map((row) =>
      productShown(row, currency),
    ),
  product: (handle: string) =>
    productShown(
      found(one("select * from products where handle = ?", handle), "product"),
      currency,
    ),
})

const cartsOf = ({ database, one, cart, items }: Reader, currency: string) => ({
  openCart(): string {
    const id = newId("cart")
    database.prepare("insert into carts (id) values (?)").run(id)
    return id
  },
  cart: (id: string) => ({
    id: String(cart(id).id),
    items: items(id).map((row) => ({
      title: String(row.title),
      quantity: Number(row.quantity),
      price: Number(row.price),
    })),
    total: totalOf(items(id)),
    currency,
  }),
  putInto(id: string, productId: string, quantity: number) {
    cart(id)
    const product = found(one("select * from products where id = ?", productId), "product")
    if (!Number.isInteger(quantity) || quantity < 1) throw new Refused(400, "a quantity from 1")
    if (Number(product.stock) < quantity) throw new Refused(409, "there are not so many")
    database
      .prepare(
        "insert into cart_items values (?, ?, ?) on conflict (cart, product) do update set quantity = excluded.quantity",
      )
      .run(id, productId, quantity)
  },
  sendTo(id: string, to: { email: string; name: string; address: string }) {
    cart(id)
    if (!/^[^\s@]+@[^\s@]+$/.test(to.email)) throw new Refused(400, "an e-mail address")
    if (!to.name || !to.address) throw new Refused(400, "a name and an address")
    database
      .prepare("update carts set email = ?, name = ?, address = ? where id = ?")
      .run(to.email, to.name, to.address, id)
  },
  shipBy(id: string, option: string) {
    cart(id)
    if (option !== "parcel") throw new Refused(400, "a way of shipping")
    database.prepare("update carts set shipping = ? where id = ?").run(option, id)
  },
})

function ordersOf({ database, all, one, cart }: Reader, currency: string) {
  const order = (id: string) => found(one("select * from orders where id = ?", id), "order")
  return {
    buy: (id: string, at: string) =>
      orderShown(inTransaction(database, () => buy(database, { ...cart(id), currency }, at))),
    order: (id: string) => orderShown(order(id)),
    mails: () => all("select recipient, subject from mails order by id"),
    orders: (limit: number) =>
      all("select * from orders order by number desc limit ?", limit).map(orderShown),
    cancel: (id: string) => orderShown(inTransaction(database, () => cancel(database, order(id)))),
  }
}

export const shippingPrice = 490

/** A cart becomes an order once; asked again, it is the same order. */
function buy(database: DatabaseSync, cart: Row, at: string): Row {
  const id = String(cart.id)
  const known = database.prepare("select * from orders where cart = ?").get(id)
  if (known) return known
  if (!cart.email) throw new Refused(409, "the cart has no address")
  if (!cart.shipping) throw new Refused(409, "the cart has no way of shipping")
  const items = database
    .prepare(
      "select p.*, i.quantity from cart_items i join products p on p.id = i.product where i.cart = ?",
    )
    .all(id)
  if (items.length === 0) throw new Refused(409, "the cart is empty")
  const probe = items.every((item) => item.hidden === 1)
  if (!probe) for (const item of items) takeFromStock(database, item, -Number(item.quantity))
  const order = newId("order")
  database
    .prepare(
      `insert into orders (id, cart, placed_at, email, name, address, total, currency, state, probe)
       values (?, ?, ?, ?, ?, ?, ?, ?, 'placed', ?)`,
    )
    .run(
      ...[order, id, at, String(cart.email), String(cart.name), String(cart.address)],
      ...[totalOf(items) + shippingPrice, String(cart.currency), probe ? 1 : 0],
    )
  const made = found(database.prepare("select * from orders where id = ?").get(order), "order")
  if (!probe) {
    database
      .prepare("insert into mails (recipient, subject, at) values (?, ?, ?)")
      .run(String(cart.email), `Your order #${made.number}`, at)
  }
  return made
}

function cancel(database: DatabaseSync, order: Row): Row {
  if (order.state === "cancelled") return order
  if (order.probe !== 1) {
    const items = database
      .prepare(
        "select p.*, i.quantity from cart_items i join products p on p.id = i.product where i.cart = ?",
      )
      .all(String(order.cart))
    for (const item of items) takeFromStock(database, item, Number(item.quantity))
  }
  database.prepare("update orders set state = 'cancelled' where id = ?").run(String(order.id))
  return { ...order, state: "cancelled" }
}

function takeFromStock(database: DatabaseSync, item: Row, change: number): void {
  const { changes } = database
    .prepare("update products set stock = stock + ? where id = ? and stock + ? >= 0")
    .run(change, String(item.id), change)
  if (Number(changes) === 0) throw new Refused(409, `${item.title} is sold out`)
}

const totalOf = (items: Row[]) =>
  items.reduce((sum, item) => sum + Number(item.price) * Number(item.quantity), 0)

const productShown = (row: Row, currency: string) => ({
  ...{ id: String(row.id), handle: String(row.handle), title: String(row.title), currency },
  ...{ price: Number(row.price), stock: Number(row.stock) },
})

const orderShown = (row: Row) => ({
  ...{ id: String(row.id), number: Number(row.number), placedAt: String(row.placed_at) },
  ...{ total: Number(row.total), currency: String(row.currency), state: String(row.state) },
  ...{ email: String(row.email), name: String(row.name), probe: row.probe === 1 },
})

function found(row: Row | undefined, what: string): Row {
  if (!row) throw new Refused(404, `there is no such ${what}`)
  return row
}
