// Short links that lead on, and the owner's counts of them.
import { aliasMistake, aliasPattern, readAddress } from "./addresses.js"
import { csvOf } from "./csv.js"
import { openLinks } from "./links.js"
import { createOwner } from "./owner.js"
import { homePage } from "./pages/home.js"
import { layout } from "./pages/layout.js"
import { linkPage } from "./pages/link.js"
import { lookPage, madePage } from "./pages/made.js"
import { settings } from "./settings.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { themeCss } from "./web/theme.js"

const links = openLinks(Math.round(settings.alias_length))
const owner = createOwner({ db: links.db, layout, home: "/" })
const mayMake = createLimiter({ times: 30, withinMs: 10 * 60_000 })
const theme = themeCss(settings.accent, { light: "#eceee6", dark: "#23251f" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", (visit) => page(home(visit))],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["POST", "/links", makeLink],
    ["GET", "/made/:alias", showMade],
    ...owner.routes,
    ...[
      ["GET", "/owner", () => redirect("/")],
      ["GET", "/links.csv", exportAll],
      ["GET", "/links/:id", (visit) => page(details(visit))],
      ["POST", "/links/:id", changeLink],
      ["POST", "/links/:id/off", changing((id) => links.setOn(id, false))],
      ["POST", "/links/:id/on", changing((id) => links.setOn(id, true))],
      ["POST", "/links/:id/delete", changing((id) => links.remove(id), "/")],
    ].map(([method, path, handle]) => [method, path, owner.only(handle)]),
    // Last, since every other name is a short link.
    ["GET", "/:alias", follow],
  ],
})

/** @param typed what a form held that was refused, with its mistakes */
function home(visit, typed = { values: {}, errors: {} }) {
  const isOwner = owner.signedIn(visit)
  const words = (visit.query.get("search") ?? "").trim().slice(0, 100)
  return homePage({
    host: visit.host,
    isOwner,
    mayMake: isOwner || settings.open_to_all,
    hasOwner: owner.exists(),
    words,
    list: isOwner ? links.list(words, 300) : [],
    totals: isOwner ? links.totals() : undefined,
    days: (id) => links.perDay(id, 14),
    ...typed,
  })
}

async function makeLink(visit) {
  const form = await visit.form()
  const isOwner = owner.signedIn(visit)
  if (!isOwner && !settings.open_to_all)
    throw new Refusal(403, "Only the owner makes short links here.")
  if (!isOwner && !mayMake(visit.ip))
    throw new Refusal(429, "That were many links. Try again later.")
  const values = { url: form.get("url") ?? "", alias: (form.get("alias") ?? "").trim() }
  const read = readAddress(values.url, visit.host)
  const taken = "This name is taken. Choose another one."
  const aliasSays = aliasMistake(values.alias) || (links.isTaken(values.alias) && taken)
  const errors = { ...(read.says && { url: read.says }), ...(aliasSays && { alias: aliasSays }) }
  if (Object.keys(errors).length > 0) return page(home(visit, { values, errors }), 400)
  if (!links.hasRoom()) throw new Refusal(409, "There is no room for more links.")
  const alias = links.add(read.url, values.alias)
  if (!alias) return page(home(visit, { values, errors: { alias: taken } }), 409)
  return redirect(`/made/${alias}`)
}

function linkNamed(alias) {
  const link = aliasPattern.test(alias) && links.find(alias)
  if (link) return link
  throw links.isTaken(alias)
    ? new Refusal(410, "This short link was taken away.")
    : new Refusal(404, "There is no such short link.")
}

function showMade(visit) {
  return page(madePage({ link: linkNamed(visit.params.alias), origin: visit.origin }))
}

/** Leads on, and counts it. With a plus sign behind its name, it only says where it leads. */
function follow(visit) {
  const { alias } = visit.params
  if (alias.endsWith("+"))
    return page(lookPage({ link: linkNamed(alias.slice(0, -1)), host: visit.host }))
  const link = linkNamed(alias)
  if (!link.is_on) throw new Refusal(410, "This short link is switched off.")
  const { method, headers } = visit.request
  // Programs that only look, and browsers that load ahead, are no visitors.
  const looksOnly = method === "HEAD" || /prefetch|prerender/.test(headers["sec-purpose"] ?? "")
  if (!looksOnly) links.follow(link.id)
  return { status: 302, headers: { Location: link.url }, body: "" }
}

function linkOf({ params }) {
  const link = /^\d{1,15}$/.test(params.id) && links.byId(Number(params.id))
  if (!link) throw new Refusal(404, "There is no such short link.")
  return link
}

const details = (visit, typed) => {
  const link = linkOf(visit)
  return linkPage({ link, days: links.perDay(link.id, 30), origin: visit.origin, ...typed })
}

async function changeLink(visit) {
  const { id } = linkOf(visit)
  const values = { url: (await visit.form()).get("url") ?? "" }
  const read = readAddress(values.url, visit.host)
  if (read.says) return page(details(visit, { values, errors: { url: read.says } }), 400)
  links.change(id, read.url)
  return redirect(`/links/${id}`)
}

function changing(change, next) {
  return (visit) => {
    const { id } = linkOf(visit)
    change(id)
    return redirect(next ?? `/links/${id}`)
  }
}

function exportAll({ origin }) {
  return textFile("text/csv", csvOf(links.list("", 100_000), origin), {
    "Content-Disposition": 'attachment; filename="links.csv"',
  })
}
