import { createServer, type Server } from "node:net"
import { afterEach, beforeEach, expect, test } from "vitest"
import { addressFault, freePort } from "./free-port.ts"

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
  expect(await addressFault({ host, port: taken })).toMatchObject({
    code: "unavailable",
    say: `PORT: ${host}:${taken} cannot be used: another program listens there. Choose another, for example PORT=${taken + 1} bin/start.`,
  })
  expect(await addressFault({ host, port: await freePort() })).toBeUndefined()
})

test("an address that is not this machine's is the host's mistake, not the port's", async () => {
  expect(await addressFault({ host: "192.0.2.1", port: taken })).toMatchObject({
    say: expect.stringMatching(/^HOST: 192\.0\.2\.1 cannot be used \(EADDRNOTAVAIL\)/),
  })
})
