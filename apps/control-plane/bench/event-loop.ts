import { readdir, readFile } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"

/** The event loop of a running server, watched from outside through its inspector. */
export interface EventLoop {
  /** the longest block since the last call, in `ms` */
  longestBlockMs(): Promise<number>
  close(): void
}

const inspector = "http://127.0.0.1:9229/json/list"

/** @param supervisor the process that `bin/start` became; the server is a child of it */
export async function watchEventLoop(supervisor: number): Promise<EventLoop> {
  process.kill(await serverBelow(supervisor), "SIGUSR1")
  const socket = new WebSocket(await inspectorUrl())
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true })
    socket.addEventListener("error", () => reject(new Error("the inspector refused us")))
  })
  const evaluate = asking(socket)
  await evaluate(
    `globalThis.blocks = process.getBuiltinModule("node:perf_hooks").monitorEventLoopDelay({ resolution: 1 }); blocks.enable()`,
  )
  return {
    async longestBlockMs() {
      const longest = Number(await evaluate("blocks.max")) / 1e6
      await evaluate("blocks.reset()")
      return longest
    },
    close: () => socket.close(),
  }
}

function asking(socket: WebSocket): (expression: string) => Promise<unknown> {
  let calls = 0
  return (expression) =>
    new Promise((resolve) => {
      calls += 1
      const id = calls
      const hear = ({ data }: MessageEvent) => {
        const answer = JSON.parse(String(data))
        if (answer.id !== id) return
        socket.removeEventListener("message", hear)
        resolve(answer.result?.result?.value)
      }
      socket.addEventListener("message", hear)
      socket.send(JSON.stringify({ id, method: "Runtime.evaluate", params: { expression } }))
    })
}

async function serverBelow(supervisor: number): Promise<number> {
  for (const name of await readdir("/proc")) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const command = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "")
    const status = await readFile(`/proc/${name}/status`, "utf8").catch(() => "")
    if (command.includes("main/server.ts") && status.includes(`PPid:\t${supervisor}\n`)) return pid
  }
  throw new Error("no server process below the supervisor")
}

async function inspectorUrl(): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await fetch(inspector).catch(() => undefined)
    const [target] = answer ? ((await answer.json()) as { webSocketDebuggerUrl: string }[]) : [] // Node's own
    if (target) return target.webSocketDebuggerUrl
    await sleep(100)
  }
  throw new Error("the server's inspector did not answer on port 9229")
}
