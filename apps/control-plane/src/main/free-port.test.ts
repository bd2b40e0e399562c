import { createServer, type Server } from "node:net"
import { afterEach, beforeEach, expect, test } from "vitest"
import { freePort, refuseTakenPort } from "./free-port.ts"

const host = "127.0.0.1"
let other: Server
let taken: number
beforeEach(async () => {
  taken = await freePort()
  other = createServer()
  await new Promise<void>((resolve) => other.listen(taken, host, resolve))
})
afterEach(() => new Promise((resolve) => other.close(resolve)))

test("the wanted port is answered while it is free, another one while it is taken", async () => {
  expect(await freePort(taken)).not.toBe(taken)
  await new Promise((resolve) => other.close(resolve))
  expect(await freePort(taken)).toBe(taken)
})

test("a taken port is refused with what to do, a free one is not", async () => {
  await expect(refuseTakenPort({ host, port: taken })).rejects.toMatchObject({
    code: "unavailable",
    say: `PORT: ${host}:${taken} cannot be used: another program listens there. Choose another, for example PORT=${taken + 1} bin/start.`,
  })
  await refuseTakenPort({ host, port: await freePort() })
})

test("an address that is not this machine's is refused with the system's reason", async () => {
  await expect(refuseTakenPort({ host: "192.0.2.1", port: 1 })).rejects.toMatchObject({
    say: expect.stringContaining("EADDRNOTAVAIL"),
  })
})
