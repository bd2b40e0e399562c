import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  request,
  type Server,
} from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { type Clock, systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { type Gateway, makeGateway } from "../gateway.ts"
import type { GatewayLimits } from "../limits.ts"
import type { Site, SiteAccess, SiteShown, Starts, Viewer } from "../site.ts"

export const dashboardOrigin = "http://localhost:3000"

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Call {
  path?: string
  method?: string
  host?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** A gateway on a real port, and what it can see of one site named `shop`. */
export interface GatewayWorld {
  gateway: Gateway
  port: number
  target: Pick<Site, "ref" | "name" | "visibility">
  /** where the app believes to listen */
  insidePort: number | undefined
  /** what `show` answers; while `app` is undefined nothing accepts connections */
  shown: SiteShown
  app: Server | undefined
  /** by what its pages hear of starts; none: nobody works on it */
  starts: Starts | undefined
  /** codes that open the preview once */
  codes: Map<string, Viewer>
  members: Set<string>
  call(call?: Call): Promise<Answer>
  /** sends bytes as they are and answers all that comes back until the server closes */
  raw(bytes: string): Promise<string>
  dial(): Socket
  close(): Promise<void>
}

export async function gatewayWorld(
  options: { limits?: Partial<GatewayLimits>; clock?: Clock } = {},
): Promise<GatewayWorld> {
  const world = {
    target: {
      ref: { kind: "project", id: "prj_1", organizationId: "org_1" },
      name: "shop",
      visibility: "public" as "public" | "private",
    },
    insidePort: undefined as number | undefined,
    shown: {
      ...{ state: "starting", detail: null, exitCode: null, logTail: [] },
      page: "/projects/prj_1",
    } as SiteShown,
    app: undefined as Server | undefined,
    starts: undefined as Starts | undefined,
    codes: new Map<string, Viewer>(),
    members: new Set<string>(),
  }
  const gateway = makeGateway({
    resolvers: [{ find: async (host) => (host === world.target.name ? siteOf(world) : undefined) }],
    access: accessOf(world),
    appsDomain: "preview.localhost",
    dashboardOrigin,
    cookieKey: new Uint8Array(32).fill(1),
    clientOf: () => ({ ip: "203.0.113.9", protocol: "http" }),
    clock: options.clock ?? systemClock,
    log: silentLog,
    ...(options.limits ? { limits: options.limits } : {}),
  })
  const server = createServer((incoming, response) => gateway.request(incoming, response))
  server.on("upgrade", (incoming, socket, head) => gateway.upgrade(incoming, socket, head))
  const port = await listen(server)
  const dial = () => connect({ port, host: "127.0.0.1" })
  return Object.assign(world, {
    gateway,
    port,
    dial,
    call: (call: Call = {}) => send(port, call),
    raw: (bytes: string) => exchange(dial(), bytes),
    close: async () => {
      gateway.close()
      server.closeAllConnections()
      world.app?.closeAllConnections()
      world.app?.close()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

type OfSite = Pick<GatewayWorld, "target" | "shown" | "app" | "insidePort" | "starts">

function siteOf(world: OfSite): Site {
  return {
    ...world.target,
    ...(world.starts ? { starts: world.starts } : {}),
    door: "/projects/prj_1/open",
    port: () => world.insidePort,
    show: async () => world.shown,
    async connect() {
      const address = world.app?.address()
      if (!address) throw fault("app_unavailable", { say: "The app does not run." })
      const { port } = address as AddressInfo
      const socket = connect({ port, host: "127.0.0.1" })
      await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject))
      return socket
    },
  }
}

function accessOf(world: Pick<GatewayWorld, "codes" | "members">): SiteAccess {
  return {
    async redeem(_of, { code }) {
      const viewer = world.codes.get(code)
      world.codes.delete(code)
      return viewer && { viewer, returnTo: "/books?unfinished=1" }
    },
    maySee: async (_of, viewer) => world.members.has(viewer.userId),
  }
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    // A server that listens on a port has an address with a port.
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  )
}

function send(port: number, call: Call): Promise<Answer> {
  const { path = "/", method = "GET", host = "shop.preview.localhost", headers = {} } = call
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port, host: "127.0.0.1", path, method, agent: false, headers: { host, ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on("data", (chunk: Buffer) => chunks.push(chunk))
        answer.on("error", reject)
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    outgoing.on("error", reject)
    outgoing.end(call.body)
  })
}

function exchange(socket: Socket, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ""
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1")
    })
    socket.on("error", reject)
    socket.on("close", () => resolve(heard))
    socket.write(bytes)
  })
}

/** A world in which the site's app runs. */
export async function worldWithApp(
  app: RequestListener,
  options?: Parameters<typeof gatewayWorld>[0],
): Promise<GatewayWorld> {
  const made = await gatewayWorld(options)
  made.app = createServer(app)
  await listen(made.app)
  return made
}

/** Answers with the request as the app saw it. */
export const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const { method, url, headers } = request
    response.setHeader("content-type", "application/json")
    response.end(
      JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString("latin1") }),
    )
  })
}
