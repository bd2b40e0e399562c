import { chmod, mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemPath } from "@vibecaas/kernel/programs"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, expect, test } from "vitest"
import { stage } from "./stage.ts"
import { chooseWall, type Inside, type Wall } from "./wall.ts"

let dir = ""
let wall: Wall | undefined
let inside: Omit<Inside, "argv">
const uid = process.getuid?.() === 0 ? 230_000 + (process.pid % 5000) : undefined

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "stw-"))
  await chmod(dir, 0o711)
  const { etcDir } = await stage(`${dir}/base`, process.execPath)
  inside = {
    ...{ readOnly: [], writable: [], cwd: "/", network: false, etcDir },
    ...{ processesMax: 64, fileMiB: 1 },
  }
  wall = await chooseWall("bubblewrap", { inside, uid }).catch(() => undefined)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function tryInside(script: string): Promise<string> {
  if (!wall) throw new Error("no wall")
  const [file = "", ...argv] = wall.command({ ...inside, argv: ["/bin/sh", "-c", script] })
  const user = uid === undefined ? {} : { uid, gid: uid }
  const { stdout } = await run(file, argv, { env: { PATH: systemPath }, cwd: "/", ...user })
  return stdout.toString("utf8").trim()
}

const fact = (title: string, body: () => Promise<void>) =>
  test(title, async (context) => {
    if (!wall) return context.skip("bubblewrap does not work here")
    await body()
  })

fact("a store sees no file of the host's users, and none of another store", async () => {
  expect(await tryInside(`ls -A /root /home /var ${dir} 2>/dev/null | head -3; echo end`)).toBe(
    "end",
  )
  expect(await tryInside("cat /etc/shadow 2>/dev/null; echo end")).toBe("end")
})

fact("a store writes nowhere but into its own folders", async () => {
  const places = ["/", "/usr", "/etc", "/dev"]
  for (const place of places) {
    expect(await tryInside(`touch ${place}/mine 2>/dev/null && echo written; echo end`)).toBe("end")
  }
})

fact("a store reaches no network service of the host", async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" ? address?.port : 0
  const dial = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}' 2>/dev/null && echo open; echo end`
  expect(await tryInside(dial)).toBe("end")
  server.close()
})

fact("a store has no capability and sees no process of the host", async () => {
  expect(await tryInside("grep CapEff /proc/self/status")).toMatch(/^CapEff:\s+0+$/)
  expect(await tryInside("ls -d /proc/[0-9]* | wc -l")).toMatch(/^[1-6]$/)
})
