// Customers and their invoices, for the one who owns the business.
import { csvOf } from "./csv.js"
import { openCustomers } from "./customers.js"
import { addDays, isDay, today } from "./dates.js"
import { formOf, freshForm, readInvoice } from "./invoice-form.js"
import { openInvoices, openInvoicesDatabase } from "./invoices.js"
import { createOwner } from "./owner.js"
import { customerFields, customerPage, customersPage } from "./pages/customers.js"
import { editPage } from "./pages/edit.js"
import { frontPage } from "./pages/front.js"
import { invoicePage } from "./pages/invoice.js"
import { layout } from "./pages/layout.js"
import { listPage } from "./pages/list.js"
import { settings } from "./settings.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { themeCss } from "./web/theme.js"

const db = openInvoicesDatabase()
const owner = createOwner({ db, layout, home: "/" })
const customers = openCustomers(db)
const invoices = openInvoices(db)
const theme = themeCss(settings.accent, { light: "#f1f2f4", dark: "#24262b" })

serve({
  errorPage: ({ status, says, visit }) =>
    layout({ title: says, body: errorPart({ status, says }), owner: owner.signedIn(visit) }),
  routes: [
    ["GET", "/", showFirst],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ...owner.routes,
    ...[
      ["GET", "/owner", () => redirect("/")],
      ["GET", "/invoices.csv", exportAll],
      ["GET", "/invoices/new", newInvoice],
      ["POST", "/invoices", (visit) => saveInvoice(visit)],
      ["GET", "/invoices/:id", (visit) => page(invoicePage(invoiceOf(visit)))],
      ["GET", "/invoices/:id/edit", editInvoice],
      ["POST", "/invoices/:id", (visit) => saveInvoice(visit, invoiceOf(visit).id)],
      ["POST", "/invoices/:id/issue", acting(invoices.issue)],
      ["POST", "/invoices/:id/pay", payInvoice],
      ["POST", "/invoices/:id/unpay", acting(invoices.unpay)],
      ["POST", "/invoices/:id/void", acting(invoices.annul)],
      ["POST", "/invoices/:id/copy", copyInvoice],
      ["POST", "/invoices/:id/delete", acting(invoices.remove, () => "/")],
      ["GET", "/customers", () => page(customersPage(customers.all()))],
      ["GET", "/customers/new", () => page(customerPage({}))],
      ["POST", "/customers", (visit) => saveCustomer(visit)],
      ["GET", "/customers/:id", showCustomer],
      ["POST", "/customers/:id", (visit) => saveCustomer(visit, customerOf(visit).id)],
      ["POST", "/customers/:id/delete", removeCustomer],
    ].map(([method, path, handle]) => [method, path, owner.only(handle)]),
  ],
})

function showFirst(visit) {
  if (!owner.signedIn(visit)) return page(frontPage(owner.exists()))
  return page(listPage({ invoices: invoices.all(), wanted: visit.query.get("show") }))
}

function exportAll() {
  return textFile("text/csv", csvOf(invoices.all()), {
    "Content-Disposition": 'attachment; filename="invoices.csv"',
  })
}

const numberIn = (text) => (/^\d{1,15}$/.test(text ?? "") ? Number(text) : -1)

function invoiceOf({ params }) {
  const invoice = invoices.find(numberIn(params.id))
  if (!invoice) throw new Refusal(404, "There is no such invoice.")
  return invoice
}

function customerOf({ params }) {
  const customer = customers.find(numberIn(params.id))
  if (!customer) throw new Refusal(404, "There is no such customer.")
  return customer
}

/** A change of an invoice's state, which only some states allow. */
function acting(act, next = ({ id }) => `/invoices/${id}`) {
  return (visit) => {
    const invoice = invoiceOf(visit)
    if (!act(invoice.id)) throw new Refusal(409, "This invoice is no longer as it was. Look again.")
    return redirect(next(invoice))
  }
}

function newInvoice(visit) {
  const all = customers.all()
  if (all.length === 0) return page(customerPage({ first: true }))
  const form = freshForm(numberIn(visit.query.get("customer")))
  return page(editPage({ customers: all, ...form }))
}

function editInvoice(visit) {
  const invoice = invoiceOf(visit)
  if (invoice.state !== "draft") throw new Refusal(409, "Only drafts can be changed.")
  return page(editPage({ id: invoice.id, customers: customers.all(), ...formOf(invoice) }))
}

async function saveInvoice(visit, id) {
  const read = readInvoice(await visit.form(), (customer) => Boolean(customers.find(customer)))
  if (!read.draft) return page(editPage({ id, customers: customers.all(), ...read }), 400)
  const saved = invoices.save(id, read.draft)
  if (saved === undefined) throw new Refusal(409, "Only drafts can be changed.")
  return redirect(`/invoices/${saved}`)
}

async function payInvoice(visit) {
  const invoice = invoiceOf(visit)
  const day = (await visit.form()).get("paid_on") ?? ""
  if (!isDay(day)) throw new Refusal(400, "Give the day on which it was paid.")
  if (!invoices.pay(invoice.id, day)) throw new Refusal(409, "Only open invoices can be paid.")
  return redirect(`/invoices/${invoice.id}`)
}

function copyInvoice(visit) {
  const { customer, note, items } = invoiceOf(visit)
  const dates = { issued_on: today(), due_on: addDays(today(), settings.payment_days) }
  return redirect(`/invoices/${invoices.save(undefined, { customer, note, items, ...dates })}/edit`)
}

function showCustomer(visit) {
  const customer = customerOf(visit)
  return page(customerPage({ id: customer.id, values: customer }))
}

async function saveCustomer(visit, id) {
  const read = readFields(await visit.form(), customerFields)
  const first = visit.query.get("then") === "invoice"
  if (!read.ok) return page(customerPage({ id, first, ...read }), 400)
  if (id === undefined) {
    const added = customers.add(read.values)
    return redirect(first ? `/invoices/new?customer=${added}` : "/customers")
  }
  customers.change(id, read.values)
  return redirect("/customers")
}

function removeCustomer(visit) {
  const customer = customerOf(visit)
  if (customers.remove(customer.id)) return redirect("/customers")
  const says = "This customer has invoices, so it stays."
  return page(customerPage({ id: customer.id, values: customer, says }), 409)
}
