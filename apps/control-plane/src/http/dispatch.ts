import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import { jwksPath } from "@vibecaas/contract/token-routes"
import type { Clock } from "@vibecaas/kernel/clock"
import { hangUp } from "@vibecaas/kernel/hang-up"
import type { Gateway as AppsGateway } from "../gateway/index.ts"
import { eventsFromOutside, fromOutside } from "./from-outside.ts"
import { plainPage } from "./plain-page.ts"

/** Serves apps at hosts of their own; whoever made it closes it. */
export type Gateway = Omit<AppsGateway, "close">

/** Serves the dashboard's pages. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>
}

export interface DispatchParts {
  /** host names of the dashboard and the API, without a port */
  hosts: readonly string[]
  gateway: Gateway | undefined
  pages: Pages
  stream: { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void }
  /** how long a request of ours may take to arrive, in `ms`; those of apps are the gateway's to end */
  arrivalMsMax: number
  clock: Clock
  onError(error: unknown): void
}

/** Path of the live stream, the only WebSocket of our own. */
export const streamPath = "/api/v1/stream"

/**
 * Decides who answers: first by Host, so that nothing an app's visitor sends can reach the API,
 * then by path.
 */
export function makeDispatch(parts: DispatchParts) {
  return {
    request(request: IncomingMessage, response: ServerResponse, fastify: RequestListener): void {
      fromOutside(nameOf(request), () => answer(parts, { request, response, fastify }))
    },

    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      eventsFromOutside(nameOf(request), socket)
      // An upgrade whose client vanishes must not end the process.
      socket.on("error", () => socket.destroy())
      const gateway = gatewayFor(parts, request)
      const path = pathOf(request)
      if (gateway) gateway.upgrade(request, socket, head)
      else if (!isOurs(parts, request)) refuseUpgrade(socket, "421 Misdirected Request")
      else if (path === streamPath) parts.stream.upgrade(request, socket, head)
      else refuseUpgrade(socket, "404 Not Found")
    },
  }
}

interface Call {
  request: IncomingMessage
  response: ServerResponse
  fastify: RequestListener
}

function answer(parts: DispatchParts, { request, response, fastify }: Call): void {
  const path = pathOf(request)
  const gateway = gatewayFor(parts, request)
  if (gateway) {
    gateway.request(request, response)
    return
  }
  endWhenLate(parts, request, response)
  if (isHealth(path)) fastify(request, response)
  else if (!isOurs(parts, request)) sendPage(response, 421, misdirected)
  else if (path === undefined) sendPage(response, 400, "The address is not readable.")
  else if (isApi(path)) fastify(request, response)
  else if (isOptimizer(path)) sendPage(response, 404, "There is nothing at this address.")
  else servePage(parts, request, response)
}

function endWhenLate(parts: DispatchParts, request: IncomingMessage, response: ServerResponse) {
  const over = new AbortController()
  response.once("close", () => over.abort())
  parts.clock.sleep(parts.arrivalMsMax, over.signal).then(
    () => request.complete || request.destroy(),
    () => undefined,
  )
}

/** How the log names a request: without its query, which may hold a secret. */
function nameOf(request: IncomingMessage): string {
  return `${request.method} ${pathOf(request) ?? "an address that is not a path"}`
}

/** Ends an upgrade with a status and no body. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  hangUp(socket, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** The host name a request is for: lower case, without port; IPv6 in brackets. */
export function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").toLowerCase().replace(/:\d*$/, "")
}

function gatewayFor(parts: DispatchParts, request: IncomingMessage): Gateway | undefined {
  return parts.gateway?.owns(hostOf(request)) ? parts.gateway : undefined
}

function isOurs(parts: DispatchParts, request: IncomingMessage): boolean {
  return parts.hosts.includes(hostOf(request))
}

const misdirected =
  "No site of this server has that name. Check the address. Whoever runs this server sets its name with VIBECAAS_BASE_DOMAIN."

/** Undefined for what is not a path, such as the whole URLs that only proxies get. */
function pathOf(request: IncomingMessage): string | undefined {
  const url = request.url ?? ""
  return url.startsWith("/") ? url.split("?", 1)[0] : undefined
}

/** Whoever probes our health knows an address, not our name. */
function isHealth(path: string | undefined): boolean {
  return path === "/healthz" || path === "/readyz"
}

function isApi(path: string): boolean {
  return ["/api", "/docs/api", "/metrics", jwksPath].some(
    (root) => path === root || path.startsWith(`${root}/`),
  )
}

/** Next's optimizer fetches and keeps pictures for whoever asks; no page of ours needs it. */
function isOptimizer(path: string): boolean {
  return path.startsWith("/_next/image")
}

function servePage(parts: DispatchParts, request: IncomingMessage, response: ServerResponse): void {
  Promise.resolve()
    .then(() => parts.pages.handle(request, response))
    .catch((error: unknown) => {
      parts.onError(error)
      if (response.headersSent) return response.destroy()
      sendPage(response, 500, "This page could not be shown. Try again in a moment.")
    })
}

function sendPage(response: ServerResponse, status: number, sentence: string): void {
  const { headers, body } = plainPage(status, sentence)
  response.writeHead(status, headers).end(body)
}
