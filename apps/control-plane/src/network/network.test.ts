import { connect } from "node:net"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { testVault } from "../secrets/testing/test-vault.ts"
import { setServiceValue } from "./allow-host.ts"
import { connectBy, getBy, securely } from "./testing/by-proxy.ts"
import { type NetworkWorld, networkWorld } from "./testing/network-world.ts"

let world: NetworkWorld
beforeAll(async () => {
  world = await networkWorld({ bytesMax: 200_000, perMinuteMax: 1000 })
})
beforeEach(() => {
  world.dialled.length = 0
  world.asked.length = 0
  world.ownAddresses.length = 0
})
afterAll(() => world.close())

const host = "api.example.com"

/** A project whose machines may reach the host. */
async function allowed(more?: Parameters<NetworkWorld["allow"]>[2]) {
  const app = await world.app()
  const rule = await world.allow(app.projectId, host, more)
  return { ...app, rule, door: await app.door() }
}

test("an allowed domain is reached, encrypted from end to end, and the log has no path", async () => {
  const { projectId, door } = await allowed({ reason: "rates" })
  const tunnel = await connectBy(door, `${host}:443`)
  expect(await getBy(tunnel, host, "/a-secret-path")).toContain("200 OK")
  expect(world.dialled).toEqual(["93.184.216.34:443"])
  await expect.poll(() => world.log(projectId)).toHaveLength(1)
  const [entry] = await world.log(projectId)
  expect(entry).toMatchObject({ host, port: 443, purpose: "live", decision: "allowed", why: null })
  expect(entry?.bytesReceived).toBeGreaterThan(1000)
  expect(JSON.stringify(entry)).not.toContain("a-secret-path")
  const { rows } = await world.db.adminPool.query(
    "select quantity::int from usage_events where meter = 'network.bytes' and source_key = $1",
    [entry?.id],
  )
  expect(rows).toEqual([{ quantity: (entry?.bytesSent ?? 0) + (entry?.bytesReceived ?? 0) }])
})

test("a star names all below a domain and not the domain, and nothing is there before anybody allowed it", async () => {
  const app = await world.app()
  expect(await world.variables(app.machine)).toEqual({})
  await world.allow(app.projectId, "*.wide.example.com")
  const door = await app.door()
  expect((await connectBy(door, "one.wide.example.com:443")).status).toBe(200)
  for (const other of ["wide.example.com", "evilwide.example.com", "wide.example.com.evil.test"])
    expect((await connectBy(door, `${other}:443`)).status).toBe(403)
  expect(await world.variables(app.machine)).toMatchObject({
    ...{ HTTPS_PROXY: door, NODE_USE_ENV_PROXY: "1" },
  })
})

test("everything that no rule names is refused, whatever it is called, and nobody connects", async () => {
  const other = await world.app()
  await world.allow(other.projectId, "others.example.com")
  const { projectId, door } = await allowed()
  const targets = [
    ...["others.example.com:443", `${host}:22`, `${host}:8443`, "169.254.169.254:80"],
    ...["127.0.0.1:5432", "[::1]:443", "localhost:443", "2130706433:443", "0x7f.1:443"],
    ...[`user@${host}:443`, `${host}`, `${host}:0443`, `${host}%00.evil.test:443`],
  ]
  for (const target of targets) {
    const { status } = await connectBy(door, target).catch(() => ({ status: 400 }))
    expect([400, 403], target).toContain(status)
  }
  const plain = await fetch(door, { method: "POST" })
  expect(plain.status).toBe(403)
  expect(world.dialled).toEqual([])
  await expect.poll(() => world.log(projectId).then(({ length }) => length)).toBeGreaterThan(5)
  const log = await world.log(projectId)
  expect(log.every(({ decision }) => decision === "refused")).toBe(true)
  expect(await world.log(other.projectId)).toEqual([])
})

test.each([
  ["a private address", ["10.0.0.7"]],
  ["this computer", ["127.0.0.1"]],
  ["where clouds tell machines their secrets", ["169.254.169.254"]],
  ["the same by IPv6", ["::ffff:169.254.169.254"]],
  ["one public address and one that is not", ["93.184.216.34", "192.168.1.1"]],
  ["nowhere", []],
])("an allowed name that leads to %s is not connected to", async (_, addresses) => {
  const { projectId, door } = await allowed()
  world.names[host] = [addresses]
  const { status } = await connectBy(door, `${host}:443`)
  delete world.names[host]
  expect([403, 502]).toContain(status)
  expect(world.dialled).toEqual([])
  await expect.poll(() => world.log(projectId)).toMatchObject([{ decision: "refused" }])
})

test("a name that leads elsewhere a moment later is judged anew, and never asked between", async () => {
  const { door } = await allowed()
  world.names[host] = [["93.184.216.34"], ["127.0.0.1"]]
  expect((await connectBy(door, `${host}:443`)).status).toBe(200)
  expect((await connectBy(door, `${host}:443`)).status).toBe(403)
  delete world.names[host]
  expect(world.dialled).toEqual(["93.184.216.34:443"])
})

test("the platform itself is not reached, by its name, below it or by its address", async () => {
  const { projectId, door } = await allowed()
  for (const own of ["platform.example.com", "shop.preview.platform.example.com"])
    await expect(world.allow(projectId, own)).rejects.toMatchObject({ code: "invalid" })
  await world.allow(projectId, "*.example.com")
  expect((await connectBy(door, "platform.example.com:443")).status).toBe(403)
  world.ownAddresses.push("93.184.216.34")
  expect((await connectBy(door, `${host}:443`)).status).toBe(403)
  expect(world.dialled).toEqual([])
})

test("what is revoked is ended at once, and refused from then on", async () => {
  const { projectId, machine, door, rule } = await allowed()
  const others = await world.allow(projectId, "others.example.com")
  const tunnel = await connectBy(door, `${host}:443`)
  const kept = await connectBy(door, "others.example.com:443")
  const silent = securely(tunnel, host)
  silent.write("GET /silent HTTP/1.1\r\nhost: api.example.com\r\n\r\n")
  await expect.poll(() => world.asked.length).toBe(1)
  const closed = new Promise((resolve) => silent.once("close", resolve))
  silent.on("error", () => {})
  await world.revoke(rule)
  await closed
  expect((await connectBy(door, `${host}:443`)).status).toBe(403)
  expect(kept.socket.destroyed).toBe(false)
  const ended = () =>
    world.log(projectId).then((all) => all.filter(({ why }) => why === "It was revoked."))
  await expect.poll(ended).toMatchObject([{ decision: "allowed" }])
  await world.revoke(others)
  await expect.poll(() => world.variables(machine)).toEqual({})
})

test("a connection that carries too much is ended, and the log says why", async () => {
  const { projectId, door } = await allowed()
  const socket = securely(await connectBy(door, `${host}:443`), host)
  socket.on("error", () => {})
  socket.write("GET /much HTTP/1.1\r\nhost: api.example.com\r\n\r\n")
  expect((await text(socket).catch(() => "")).length).toBeLessThan(300_000)
  await expect
    .poll(() => world.log(projectId))
    .toMatchObject([{ why: "It carried more than one connection may." }])
})

const service = { name: "payments", header: "Authorization", value: "Bearer the-secret" }

test("a service is asked with a secret that the app never sees, and nothing that it sends replaces it", async () => {
  const { projectId, door, machine } = await allowed({ service })
  const response = await fetch(`${door}/payments/v1/charges?limit=1`, {
    method: "POST",
    body: "hello",
    headers: { Authorization: "Bearer of the app", "x-forwarded-for": "1.2.3.4", "x-own": "kept" },
  })
  expect([response.status, await response.text()]).toEqual([200, "hello"])
  expect(world.asked).toMatchObject([
    {
      ...{ method: "POST", url: "/v1/charges?limit=1" },
      headers: { authorization: "Bearer the-secret", host, "x-own": "kept" },
    },
  ])
  expect(world.asked[0]?.headers).not.toHaveProperty("x-forwarded-for")
  expect(JSON.stringify(await world.variables(machine))).not.toContain("the-secret")
  const elsewhere = await fetch(`${door}/payments/elsewhere`, { redirect: "manual" })
  expect([elsewhere.status, world.dialled]).toEqual([
    302,
    ["93.184.216.34:443", "93.184.216.34:443"],
  ])
  // A service is no way for programs to connect by themselves.
  expect((await connectBy(door, `${host}:443`)).status).toBe(403)
  await expect.poll(() => world.log(projectId)).toHaveLength(3)
  const { rows } = await world.db.adminPool.query(
    "select 1 from audit_records where details::text like '%the-secret%' union select 1 from secret_versions where sealed like '%the-secret%'",
  )
  expect(rows).toEqual([])
})

test("headers that hide one another do not change who is asked, or with what", async () => {
  const { door } = await allowed({ service })
  const raw = (lines: string[]) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(door)
      const socket = connect(Number(port), hostname)
      let answer = ""
      socket.on("data", (bytes) => {
        answer += bytes
      })
      socket.on("error", () => {}).once("close", () => resolve(answer))
      socket.write([...lines, "", ""].join("\r\n"))
    })
  const ask = "GET /payments/ HTTP/1.1"
  await raw([ask, "host: evil.test", "connection: close, authorization", "authorization: mine"])
  await raw([ask, "host: a", "AUTHORIZATION: one", "authorization: two", "connection: close"])
  for (const { headers } of world.asked)
    expect(headers).toMatchObject({ authorization: "Bearer the-secret", host })
  expect(world.asked).toHaveLength(2)
  const both = [
    "POST /payments/ HTTP/1.1",
    "host: a",
    "content-length: 3",
    "transfer-encoding: chunked",
  ]
  expect(await raw(both)).not.toContain("200 OK")
  expect(
    await raw(["GET /payments/ HTTP/1.1", "host: a", "x: 1\n\r\nGET /evil HTTP/1.1"]),
  ).not.toContain("200 OK")
  expect(world.asked).toHaveLength(2)
})

test("a service without a secret asks nobody, and has it from the moment that somebody sets it", async () => {
  const { name, header } = service
  const { projectId, door, rule } = await allowed({ service: { name, header } })
  expect((await fetch(`${door}/payments/`)).status).toBe(503)
  expect(world.dialled).toEqual([])
  const of = { projectId, ruleId: rule.id, value: "Bearer later", ifMatch: 1 }
  await world.act((ctx) => setServiceValue(ctx, { vault: testVault }, of))
  expect((await fetch(`${door}/payments/`)).status).toBe(200)
  expect(world.asked).toMatchObject([{ headers: { authorization: "Bearer later" } }])
})

test("who allowed and revoked a domain stands in the audit", async () => {
  const { projectId, rule } = await allowed({ reason: "rates", approvedBy: "Mara" })
  await world.revoke(rule)
  const { rows } = await world.db.adminPool.query(
    "select action, details from audit_records where subject = $1 order by id",
    [projectId],
  )
  expect(rows.slice(-2)).toMatchObject([
    { action: "network.allow", details: { host, port: 443, reason: "rates", approvedBy: "Mara" } },
    { action: "network.revoke", details: { host } },
  ])
})
