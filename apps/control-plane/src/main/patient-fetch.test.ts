import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
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

test("what is not on this computer goes through the proxy that the environment names", async () => {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on("connect", ({ url = "" }, socket) => {
    asked.push(url)
    const { port } = server.address() as AddressInfo
    const onward = connect(port, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"))
    onward.pipe(socket).pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  const at = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const through = patientFetch(0, { HTTP_PROXY: at })
  const answer = await through("http://models.only-the-proxy-knows.test:8000/headers")
  expect(await answer.text()).toBe("last")
  const { port } = server.address() as AddressInfo
  await (await through(`http://127.0.0.1:${port}/headers`)).text()
  expect(asked).toEqual(["models.only-the-proxy-knows.test:8000"])
  proxy.closeAllConnections()
  proxy.close()
})
