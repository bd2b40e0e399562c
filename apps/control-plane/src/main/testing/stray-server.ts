import { EventEmitter } from "node:events"
import { mkdir } from "node:fs/promises"
import { createServer } from "node:http"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeLog } from "@vibecaas/kernel/log"
import Fastify from "fastify"
import { WebSocketServer } from "ws"
import { makeDispatch } from "../../http/dispatch.ts"
import { fromOutside } from "../../http/from-outside.ts"
import { watchStrays } from "../strays.ts"

/**
 * A server whose pages leave failures behind that nobody waits for, each at its path; `own` on
 * the channel makes one outside of any request, `package` one by the code of a package.
 */
const strays = watchStrays({
  log: () => makeLog({ level: "error" }),
  now: systemClock.now,
  end: () => process.exit(70),
})

const messes: Record<string, () => void> = {
  "/folder": () => void mkdir("/proc/none/of/it"),
  "/promise": () => void Promise.reject(new Error("a page's promise")),
  "/timer": () => void setTimeout(() => messes["/throw"]?.(), 5),
  "/throw": () => process.nextTick(() => new EventEmitter().emit("error", new Error("an event"))),
}

const sockets = new WebSocketServer({ noServer: true })
const dispatch = makeDispatch({
  hosts: ["localhost"],
  gateway: undefined,
  pages: {
    handle: (request, response) => {
      messes[request.url ?? ""]?.()
      request.on("data", () => void Promise.reject(new Error("a body's promise")))
      response.end(JSON.stringify(strays.seen()))
    },
  },
  stream: {
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) =>
        client.on("message", () => void Promise.reject(new Error("a socket's promise"))),
      ),
  },
  arrivalMsMax: 60_000,
  clock: systemClock,
  onError: () => {},
})

const server = createServer((request, response) =>
  dispatch.request(request, response, () => response.end()),
)
server.on("upgrade", dispatch.upgrade)
fromOutside("a connection", () =>
  server.listen(0, "127.0.0.1", () => process.send?.(server.address())),
)
process.on("message", (what) => {
  if (what === "package") void Fastify().listen({ port: -1 })
  if (what === "own") void Promise.reject(new Error("a mistake of ours"))
})
process.on("disconnect", () => process.exit(0))
