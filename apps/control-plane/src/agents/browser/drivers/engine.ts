import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { Browser } from "playwright-core"
import { type AppProxy, makeAppProxy } from "./app-proxy.ts"
import { whyNot } from "./take-step.ts"
import { type Command, commandsFor } from "./walls.ts"

/** A Chromium that runs, with the only way out of it. */
export interface Engine {
  browser: Browser
  proxy: AppProxy
  walls: Command["walls"]
  /** resolves when its process has ended, however, and nothing is left of it */
  gone: Promise<void>
  /** ends it at once, also when it hangs */
  kill(): void
}

export interface EngineOptions {
  /** path of Chromium */
  program: string
  nodePath: string
  log: Log
}

const startMsMax = 20_000

/** Starts it behind the strongest walls that work here. @throws Fault `browser_missing` when none do */
export async function startEngine({ program, nodePath, log }: EngineOptions): Promise<Engine> {
  await using ends = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), "vc-eyes-"))
  ends.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  const sockets = join(folder, "sockets")
  await mkdir(sockets)
  const proxy = makeAppProxy()
  ends.defer(() => proxy.close())
  await proxy.listen(join(sockets, "proxy"))
  const life = await openLifeLine(join(sockets, "life"))
  ends.defer(life.close)
  const profile = join(folder, "profile")
  const whys: string[] = []
  for (const command of commandsFor({ program, nodePath, sockets, profile })) {
    try {
      const browser = await launch(command, folder)
      const left = ends.move()
      const gone = new Promise<void>((resolve) => browser.once("disconnected", () => resolve()))
      const { walls } = command
      return { browser, proxy, walls, gone: gone.then(() => left.disposeAsync()), kill: life.cut }
    } catch (error) {
      const why = whyNot(error)
      log.warn({ walls: command.walls, why }, "the browser did not start this way")
      whys.push(`${command.walls}: ${why}`)
    }
  }
  const say =
    "Chromium does not start in a sandbox here: it needs bubblewrap, or namespaces that users may make."
  throw fault("browser_missing", { say, note: whys.join("\n") })
}

async function launch({ file, argv }: Command, home: string): Promise<Browser> {
  const { chromium } = await import("playwright-core")
  return chromium.launch({
    ...{ executablePath: file, args: argv, ignoreDefaultArgs: true, headless: true },
    ...{ timeout: startMsMax, env: { HOME: home, PATH: "/usr/bin:/bin", LANG: "C.UTF-8" } },
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  })
}

/** The bridge holds on to this socket for as long as it may live. */
async function openLifeLine(path: string): Promise<{ cut(): void; close(): void }> {
  const held = new Set<Socket>()
  const server = createServer((socket) => {
    held.add(socket)
    socket.on("error", () => {})
    socket.once("close", () => held.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(path, resolve)
  })
  const cut = () => {
    for (const socket of held) socket.destroy()
  }
  return {
    cut,
    close() {
      cut()
      server.close()
    },
  }
}
