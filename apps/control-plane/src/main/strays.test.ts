import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { sendTo } from "../http/testing/test-client.ts"

let server: ChildProcess
let port: number
let logged: string
beforeEach(async () => {
  logged = ""
  server = fork(join(import.meta.dirname, "testing/stray-server.ts"), {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  })
  server.stdout?.on("data", (text) => {
    logged += text
  })
  const [address] = await once(server, "message")
  port = address.port
})
afterEach(() => void server.kill("SIGKILL"))

const get = (path: string) =>
  sendTo(`http://127.0.0.1:${port}`, `GET ${path}`, { headers: { host: "localhost" } })

async function strays(): Promise<number> {
  const { body } = await get("/count")
  return (body as { count: number }).count // the fixture's own answer
}

test.each(["/folder", "/promise", "/timer", "/throw"])(
  "what a request to %s left behind is logged and counted, and the server goes on",
  async (path) => {
    await get(path)
    await expect.poll(strays).toBe(1)
    await expect.poll(() => logged).toContain(`"from":"GET ${path}"`)
    expect(server.exitCode).toBeNull()
  },
)

test("what the body of a request left behind does not end the server", async () => {
  await sendTo(`http://127.0.0.1:${port}`, "POST /body", {
    headers: { host: "localhost" },
    text: "{}",
  })
  await expect.poll(strays).toBe(1)
})

test("what a socket's message left behind does not end the server", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, {
    headers: { host: "localhost" },
  })
  await once(socket, "open")
  socket.send("anything")
  await expect.poll(strays).toBe(1)
  socket.close()
})

test("a promise that a package rejected does not end the server, whoever called it", async () => {
  server.send("package")
  await expect.poll(strays).toBe(1)
  await expect.poll(() => logged).toContain('"from":"fastify"')
})

test("a mistake of our own outside of any request ends the server", async () => {
  server.send("own")
  expect(await once(server, "exit")).toEqual([70, null])
  await expect.poll(() => logged).toContain("a mistake of ours")
})
