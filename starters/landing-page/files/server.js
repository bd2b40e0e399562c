// A product's page, and the list of people who want to hear of it.
import { openMessages } from "./messages.js"
import { createOwner } from "./owner.js"
import { contactPage, messageFields, sentPage } from "./pages/contact.js"
import { layout } from "./pages/layout.js"
import { csvOf, listPage } from "./pages/owner.js"
import { productPage } from "./pages/product.js"
import { signUpFields, signUpPage, thanksPage } from "./pages/sign-up.js"
import { plans, settings } from "./settings.js"
import { openSignups } from "./signups.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { themeCss } from "./web/theme.js"

const signups = openSignups()
const messages = openMessages(signups.db)
const owner = createOwner({ db: signups.db, layout })
const maySignUp = createLimiter({ times: 10, withinMs: 10 * 60_000 })
const mayWrite = createLimiter({ times: 10, withinMs: 10 * 60_000 })
const theme = themeCss(settings.accent, { light: "#f4efe3", dark: "#26241f" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", () => page(productPage())],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["GET", "/sign-up", ({ query }) => page(signUpPage({ plan: planNamed(query.get("plan")) }))],
    ["POST", "/sign-up", signUp],
    ["GET", "/thanks", () => page(thanksPage())],
    ["POST", "/contact", write],
    ["GET", "/sent", () => page(sentPage())],
    ...owner.routes,
    ["GET", "/owner", owner.only(showList)],
    ["GET", "/owner/signups.csv", owner.only(() => csvOf(signups.list()))],
    ["POST", "/owner/signups/:id/delete", owner.only(removeSignup)],
    ["POST", "/owner/messages/:id/delete", owner.only(removeMessage)],
  ],
})

const planNamed = (name) => plans.find((plan) => plan.name === name)?.name ?? ""

async function signUp(visit) {
  const form = await visit.form()
  const plan = planNamed(form.get("plan"))
  const read = readFields(form, signUpFields)
  if (!read.ok) return page(signUpPage({ plan, ...read }), 400)
  if (!maySignUp(visit.ip)) throw new Refusal(429, "That were many addresses. Try again later.")
  // People do not see this field; programs that fill in every form do.
  if (!form.get("website")) signups.add({ ...read.values, plan })
  // The answer is the same for an address that is on the list already, so that nobody can try out whose is.
  return redirect("/thanks")
}

async function write(visit) {
  if (!settings.contact_form) throw new Refusal(404, "There is no form for messages here.")
  const form = await visit.form()
  const read = readFields(form, messageFields)
  if (!read.ok) return page(contactPage(read), 400)
  if (!mayWrite(visit.ip)) throw new Refusal(429, "That were many messages. Try again later.")
  if (!form.get("website")) messages.add(read.values)
  return redirect("/sent")
}

function showList({ query }) {
  const words = (query.get("search") ?? "").trim().slice(0, 100)
  return page(
    listPage({
      words,
      list: signups.list(words, 500),
      count: signups.count(),
      days: signups.perDay(30),
      messages: messages.list(),
    }),
  )
}

const isId = (text) => /^\d{1,15}$/.test(text)

function removeSignup({ params }) {
  if (!isId(params.id) || !signups.remove(Number(params.id)))
    throw new Refusal(404, "This address is no longer on the list.")
  return redirect("/owner")
}

function removeMessage({ params }) {
  if (!isId(params.id) || !messages.remove(Number(params.id)))
    throw new Refusal(404, "This message is gone.")
  return redirect("/owner")
}
