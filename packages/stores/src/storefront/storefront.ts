import type { IncomingMessage, ServerResponse } from "node:http"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import type { Answer } from "./answer.ts"
import { type Assets, sendAsset } from "./assets.ts"
import * as browse from "./browse.ts"
import * as buy from "./buy.ts"
import { cookiesOf } from "./cookies.ts"
import { readForm } from "./form.ts"
import { html } from "./html.ts"
import { layout } from "./pages/layout.ts"
import { troublePage } from "./pages/order.ts"
import type { Shop } from "./shop.ts"
import { makeShopApi, ShopFault } from "./shop-api.ts"
import type { ShopLook } from "./theme.ts"
import type { Visit } from "./visit.ts"

export interface Storefront {
  look: ShopLook
  shop: Shop
  assets: Assets
  /** the shop's own address as its visitors see it */
  origin: string
  /** a failure that visitors only see as a page */
  told(error: unknown): void
}

type Handler = (visit: Visit, part: string) => Promise<Answer>

const routes: [method: string, path: RegExp, Handler][] = [
  ["GET", /^\/$/, browse.home],
  ["GET", /^\/search$/, browse.search],
  ["GET", /^\/categories\/([^/]+)$/, browse.category],
  ["GET", /^\/products\/([^/]+)$/, browse.product],
  ["GET", /^\/cart$/, buy.cart],
  ["POST", /^\/cart\/items$/, buy.add],
  ["POST", /^\/cart\/items\/([^/]+)$/, buy.change],
  ["GET", /^\/checkout$/, buy.checkout],
  ["POST", /^\/checkout\/address$/, buy.address],
  ["GET", /^\/checkout\/delivery$/, buy.delivery],
  ["POST", /^\/checkout\/delivery$/, buy.deliver],
  ["GET", /^\/checkout\/review$/, buy.review],
  ["POST", /^\/checkout\/order$/, buy.place],
  ["GET", /^\/orders\/([^/]+)$/, buy.order],
]

/** Answers every request at a shop's host: pages, their files, and the Store API behind `/store`. */
export function makeStorefront(front: Storefront) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await answer(front, request, response)
    } catch (error) {
      if (!(error instanceof ShopFault)) front.told(error)
      if (response.headersSent) response.destroy()
      else await send(request, response, trouble(front, error))
    }
  }
}

async function answer(front: Storefront, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", front.origin)
  const path = decoded(url.pathname)
  if (path === undefined || leadsOut(path))
    return send(request, response, { json: { message: "Not an address." }, status: 400 })
  if (path === "/healthz") return send(request, response, { json: { ok: true } })
  if (path.startsWith("/assets/"))
    return sendAsset(front.assets, { name: path.slice(8), request, response })
  if (/^\/(store|static)\//.test(path))
    return front.shop.pass(request, response, url.pathname + url.search)
  if (foreign(front, request))
    return send(request, response, {
      json: { message: "Forms of other sites are not taken." },
      status: 403,
    })
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET")
  const visit = await visitOf(front, request, url)
  for (const [verb, pattern, handle] of routes) {
    const match = verb === method ? pattern.exec(path) : null
    if (match) return send(request, response, await handle(visit, match[1] ?? ""))
  }
  return send(request, response, await browse.missing(visit))
}

/** What changes something comes from our own pages: browsers say where a form is from. */
function foreign({ origin }: Storefront, { method, headers }: IncomingMessage): boolean {
  if (method === "GET" || method === "HEAD") return false
  return headers.origin === undefined
    ? headers["sec-fetch-site"] === "cross-site"
    : headers.origin !== origin
}

async function visitOf(front: Storefront, request: IncomingMessage, url: URL): Promise<Visit> {
  const api = makeShopApi(front.shop.call)
  const form = request.method === "POST" ? await readForm(request) : {}
  const { region, categories } = await front.shop.known(api)
  return {
    api,
    look: front.look,
    url,
    cookies: cookiesOf(request.headers.cookie),
    form,
    byScript: request.headers.accept === "application/json",
    secure: front.origin.startsWith("https:"),
    region,
    categories,
  }
}

function trouble({ look }: Storefront, error: unknown): Answer {
  const refused = error instanceof ShopFault && error.status < 500
  const body = troublePage(
    refused
      ? { heading: "That did not work", say: error.message }
      : {
          heading: "The shop is not answering",
          say: "Nothing you wrote was lost on our side. Try it again in a moment.",
        },
  )
  const frame = { look, categories: [], pieces: 0, words: "" }
  const status = refused ? error.status : 503
  return { page: layout(frame, { title: "Something went wrong", body: html`${body}` }), status }
}

/** Another server might read such a path as one that is not passed on. */
const leadsOut = (path: string) => path.split(/[/\\]/).includes("..") || path.includes("\0")

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

const squeeze = promisify(gzip)
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

async function send(request: IncomingMessage, response: ServerResponse, of: Answer): Promise<void> {
  if (of.cookies?.length) response.setHeader("set-cookie", of.cookies)
  response.setHeader("cache-control", "no-store")
  if ("to" in of) {
    response.writeHead(303, { location: of.to }).end()
    return
  }
  const [type, text] =
    "page" in of ? ["text/html", of.page] : ["application/json", JSON.stringify(of.json)]
  const small = text.length > 1000 && /\bgzip\b/.test(String(request.headers["accept-encoding"]))
  const body = small ? await squeeze(text) : Buffer.from(text)
  response.writeHead(of.status ?? 200, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": body.length,
    "content-security-policy": policy,
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
    ...(small ? { "content-encoding": "gzip" } : {}),
  })
  response.end(request.method === "HEAD" ? undefined : body)
}
