import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { patientFetch } from "./patient-fetch.ts"

/** Longer than the finest limit that can be kept, in `ms`. */
const silenceMs = 2500
const server = createServer(({ url }, response) => {
  if (url === "/body") response.writeHead(200).write("first ")
  setTimeout(() => response.end("last"), silenceMs)
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)))
afterAll(() => void server.closeAllConnections())
afterAll(() => void server.close())

const ask = async (path: string, silenceMsMax?: number) => {
  const { port } = server.address() as AddressInfo
  return (await patientFetch(silenceMsMax)(`http://127.0.0.1:${port}${path}`)).text()
}

test("a silence before or after the headers ends by no limit but the one that is given", async () => {
  const paths = ["/headers", "/body"]
  const waited = await Promise.all(paths.map((path) => ask(path)))
  expect(waited).toEqual(["last", "first last"])
})

test.each(["/headers", "/body"])("with a limit, a silence at %s ends by it", async (path) => {
  const gaveUp = await ask(path, 1).catch((error: unknown) => error)
  expect(gaveUp).toMatchObject({ cause: { code: expect.stringMatching(/TIMEOUT/) } })
})
