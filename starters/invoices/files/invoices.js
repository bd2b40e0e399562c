// Invoices and their life: a draft can be changed; once issued it has a number and stays as it is.
import { today } from "./dates.js"
import { totalsOf } from "./money.js"
import { ownerTables } from "./owner.js"
import { settings } from "./settings.js"
import { inTransaction, openDatabase } from "./web/database.js"

const steps = [
  ownerTables,
  `CREATE TABLE customers (
     id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, email TEXT NOT NULL,
     address TEXT NOT NULL, tax_id TEXT NOT NULL);
   CREATE TABLE invoices (
     id INTEGER PRIMARY KEY AUTOINCREMENT, customer INTEGER NOT NULL REFERENCES customers (id),
     state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'issued', 'paid', 'void')),
     year INTEGER, serial INTEGER, number TEXT UNIQUE, frozen TEXT,
     issued_on TEXT NOT NULL, due_on TEXT NOT NULL, paid_on TEXT, note TEXT NOT NULL,
     UNIQUE (year, serial));
   CREATE TABLE items (
     invoice INTEGER NOT NULL REFERENCES invoices (id) ON DELETE CASCADE, position INTEGER NOT NULL,
     description TEXT NOT NULL, quantity_milli INTEGER NOT NULL, unit_cents INTEGER NOT NULL,
     tax_rate INTEGER NOT NULL, PRIMARY KEY (invoice, position)) WITHOUT ROWID`,
]

export const openInvoicesDatabase = () => openDatabase(steps)

/** What an invoice says of its sender, as the settings are now. */
export const sellerNow = () => ({
  name: settings.business_name,
  address: settings.business_address,
  tax_id: settings.tax_id,
  payment: settings.payment_details,
  tax_name: settings.tax_name,
  currency: settings.currency,
})

export function openInvoices(db) {
  const find = (id) => complete(db, db.prepare(`${select} WHERE invoices.id = ?`).get(id))
  /** Changes the state if it is one of those from which it may. @returns whether it was */
  const move = (id, from, set) =>
    db.prepare(`UPDATE invoices SET ${set} WHERE id = ? AND state IN (${from.map(quoted)})`).run(id)
      .changes > 0

  return {
    find,
    /** All with totals, the newest first. */
    all: () =>
      db
        .prepare(`${select} ORDER BY invoices.issued_on DESC, invoices.id DESC`)
        .all()
        .map((row) => complete(db, row)),
    /** Writes a new draft, or a draft anew. @returns its id, or nothing if it is no draft any more */
    save: (id, draft) => inTransaction(db, () => save(db, id, draft)),
    issue: (id) => inTransaction(db, () => issue(db, find(id))),
    pay: (id, day) => move(id, ["issued"], `state = 'paid', paid_on = ${quoted(day)}`),
    unpay: (id) => move(id, ["paid"], "state = 'issued', paid_on = NULL"),
    /** Takes an invoice back. Its number stays taken, so that no number is missing. */
    annul: (id) => move(id, ["issued"], "state = 'void'"),
    remove: (id) =>
      db.prepare("DELETE FROM invoices WHERE id = ? AND state = 'draft'").run(id).changes > 0,
  }
}

/** For texts that were checked before: states and days. */
const quoted = (text) => `'${text.replaceAll("'", "''")}'`

const select = `SELECT invoices.*, customers.name AS customer_name, customers.email AS customer_email,
  customers.address AS customer_address, customers.tax_id AS customer_tax_id
  FROM invoices JOIN customers ON customers.id = invoices.customer`

/** A row with its lines, its totals, whether it is overdue, and both parties. */
function complete(db, row) {
  if (!row) return undefined
  const items = db.prepare("SELECT * FROM items WHERE invoice = ? ORDER BY position").all(row.id)
  const frozen = row.frozen && JSON.parse(row.frozen)
  const customer = frozen?.customer ?? {
    name: row.customer_name,
    email: row.customer_email,
    address: row.customer_address,
    tax_id: row.customer_tax_id,
  }
  const overdue = row.state === "issued" && row.due_on < today()
  return {
    ...row,
    shown: overdue ? "overdue" : row.state === "issued" ? "open" : row.state,
    buyer: customer,
    seller: frozen?.seller ?? sellerNow(),
    items,
    totals: totalsOf(items),
  }
}

function save(db, id, { customer, issued_on, due_on, note, items }) {
  const values = [customer, issued_on, due_on, note]
  if (id === undefined)
    id = db
      .prepare("INSERT INTO invoices (customer, issued_on, due_on, note) VALUES (?, ?, ?, ?)")
      .run(...values).lastInsertRowid
  else {
    const { changes } = db
      .prepare(
        `UPDATE invoices SET customer = ?, issued_on = ?, due_on = ?, note = ?
         WHERE id = ? AND state = 'draft'`,
      )
      .run(...values, id)
    if (changes === 0) return undefined
    db.prepare("DELETE FROM items WHERE invoice = ?").run(id)
  }
  const add = db.prepare("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)")
  for (const [at, item] of items.entries())
    add.run(id, at + 1, item.description, item.quantity_milli, item.unit_cents, item.tax_rate)
  return id
}

/** Gives the next number of its year, and keeps both parties as they are on this day. */
function issue(db, invoice) {
  if (invoice?.state !== "draft" || invoice.items.length === 0) return false
  const year = Number(invoice.issued_on.slice(0, 4))
  const { last } = db
    .prepare("SELECT coalesce(max(serial), 0) AS last FROM invoices WHERE year = ?")
    .get(year)
  const number = `${settings.prefix}${year}-${String(last + 1).padStart(4, "0")}`
  const frozen = JSON.stringify({ seller: sellerNow(), customer: invoice.buyer })
  db.prepare(
    `UPDATE invoices SET state = 'issued', year = ?, serial = ?, number = ?, frozen = ?
     WHERE id = ? AND state = 'draft'`,
  ).run(year, last + 1, number, frozen, invoice.id)
  return true
}
