import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import type { HttpConfig } from "../server.ts"
import { testClient } from "../testing/test-client.ts"
import { testServer } from "../testing/test-server.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const password = "correct horse battery"

async function withConfig<T>(
  config: (given: HttpConfig) => HttpConfig,
  action: (send: ReturnType<typeof testClient>["send"]) => Promise<T>,
): Promise<T> {
  const server = await testServer({ db, config })
  try {
    return await action(testClient(server.origin).send)
  } finally {
    await server.close()
  }
}

const signUp = (email: string) => ({ body: { email, password, name: "Mara" } })
const signIn = (email: string, tried = password) => ({ body: { email, password: tried } })

test("over https the cookie is secure, bound to its host, and works", async () => {
  const answer = await withConfig(
    (given) => ({ ...given, origins: ["https://vibecaas.example", ...given.origins] }),
    async (send) => {
      const up = await send("POST /api/v1/auth/sign-up/email", signUp("https@example.com"))
      const [cookie = ""] = [up.headers["set-cookie"] ?? []].flat()
      const headers = { cookie: cookie.split(";")[0] ?? "" }
      return { cookie, me: await send("GET /api/v1/me", { headers }) }
    },
  )
  expect(answer.cookie).toMatch(/^__Host-vibecaas\.session=/)
  expect(answer.cookie).toContain("; Path=/; HttpOnly; Secure; SameSite=Lax")
  expect(answer.cookie).not.toContain("Domain")
  expect(answer.me.status).toBe(200)
})

test("while sign-up is closed nobody makes an account", async () => {
  const answer = await withConfig(
    (given) => ({ ...given, signUpPolicy: "closed" }),
    (send) => send("POST /api/v1/auth/sign-up/email", signUp("closed@example.com")),
  )
  expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } })
  const { rows } = await db.adminPool.query(`select from auth."user" where "email" = $1`, [
    "closed@example.com",
  ])
  expect(rows).toEqual([])
})

test("guessing one account's password is slowed, and other accounts are not touched", async () => {
  const few = { max: 3, windowSeconds: 300 }
  await withConfig(
    (given) => ({ ...given, limits: { ...given.limits, signInPerAccountAndAddress: few } }),
    async (send) => {
      const tries = []
      for (let i = 0; i < 5; i++) {
        tries.push(await send("POST /api/v1/auth/sign-in/email", signIn("A@example.com", "wrong")))
      }
      expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429])
      expect(tries[4]?.headers["retry-after"]).toMatch(/^\d+$/)
      const same = await send("POST /api/v1/auth/sign-in/email", signIn("a@EXAMPLE.com"))
      const other = await send("POST /api/v1/auth/sign-in/email", signIn("b@example.com"))
      expect([same.status, other.status]).toEqual([429, 401])
    },
  )
})

const from = (address: string) => ({ "x-forwarded-for": address })

test("nobody locks a person out by failing to sign in, or up, with their address of mail", async () => {
  const server = await testServer({ db, config: (given) => ({ ...given, proxies: 1 }) })
  const { send } = testClient(server.origin)
  await send("POST /api/v1/auth/sign-up/email", signUp("known@example.com"))
  for (let i = 0; i < 12; i++) {
    const headers = from("203.0.113.66")
    await send("POST /api/v1/auth/sign-up/email", { ...signUp("known@example.com"), headers })
    const guess = { ...signIn("known@example.com", `guess ${i}`), headers }
    const { status } = await send("POST /api/v1/auth/sign-in/email", guess)
    expect(status).toBe(i < 10 ? 401 : 429)
  }
  const own = { ...signIn("known@example.com"), headers: from("198.51.100.4") }
  expect((await send("POST /api/v1/auth/sign-in/email", own)).status).toBe(200)
  await server.close()
})

test("many guessers of one account are slowed, and its owner still signs in where they are signed in", async () => {
  const few = { max: 6, windowSeconds: 300 }
  await withConfig(
    (given) => ({ ...given, proxies: 1, limits: { ...given.limits, signInPerAccount: few } }),
    async (send) => {
      const email = "wanted@example.com"
      const home = { headers: from("2001:db8:1:2::10") }
      await send("POST /api/v1/auth/sign-up/email", { ...signUp(email), ...home })
      const statuses = []
      for (let i = 0; i < 8; i++) {
        const guess = { ...signIn(email, `guess ${i}`), headers: from(`203.0.113.${i}`) }
        statuses.push((await send("POST /api/v1/auth/sign-in/email", guess)).status)
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429])
      const neighbour = { headers: from("2001:db8:1:2::99") }
      const again = await send("POST /api/v1/auth/sign-in/email", {
        ...signIn(email),
        ...neighbour,
      })
      expect(again.status).toBe(200)
    },
  )
})

test("whoever knows the password may sign in as often as they like", async () => {
  const few = { max: 3, windowSeconds: 300 }
  await withConfig(
    (given) => ({ ...given, limits: { ...given.limits, signInPerAccountAndAddress: few } }),
    async (send) => {
      await send("POST /api/v1/auth/sign-up/email", signUp("often@example.com"))
      for (let i = 0; i < 5; i++) {
        const answer = await send("POST /api/v1/auth/sign-in/email", signIn("often@example.com"))
        expect(answer.status).toBe(200)
      }
    },
  )
})

test("who found an open session cannot guess its password by changing it", async () => {
  const few = { max: 2, windowSeconds: 300 }
  const server = await testServer({
    db,
    config: (given) => ({ ...given, limits: { ...given.limits, signInPerAccountAndAddress: few } }),
  })
  const person = await server.person()
  const statuses = []
  for (let i = 0; i < 3; i++) {
    const body = { currentPassword: `guess ${i}`, newPassword: "another horse battery" }
    statuses.push((await person.call("POST /auth/change-password", { body })).status)
  }
  await server.close()
  expect(statuses).toEqual([422, 422, 429])
})

test("one address cannot try many accounts", async () => {
  const few = { max: 3, windowSeconds: 60 }
  await withConfig(
    (given) => ({ ...given, limits: { ...given.limits, signInPerAddress: few } }),
    async (send) => {
      const tries = []
      for (let i = 0; i < 4; i++) {
        tries.push(await send("POST /api/v1/auth/sign-in/email", signIn(`c${i}@example.com`)))
      }
      expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 429])
    },
  )
})

test("the client's address comes from a proxy only when one is trusted", async () => {
  const few = { max: 1, windowSeconds: 60 }
  const statuses = (proxies: number) =>
    withConfig(
      (given) => ({ ...given, proxies, limits: { ...given.limits, anonymous: few } }),
      async (send) => {
        const from = (address: string) =>
          send("GET /api/v1/me", { headers: { "x-forwarded-for": address } })
        return [(await from("192.0.2.1")).status, (await from("192.0.2.2")).status]
      },
    )
  expect(await statuses(0)).toEqual([401, 429])
  expect(await statuses(1)).toEqual([401, 401])
})

test("addresses that a client wrote before its proxy's are believed by neither limits nor audit", async () => {
  const few = { max: 3, windowSeconds: 60 }
  await withConfig(
    (given) => ({ ...given, proxies: 1, limits: { ...given.limits, signInPerAddress: few } }),
    async (send) => {
      const forged = (n: number) => ({ "x-forwarded-for": `6.6.6.${n}, 203.0.113.7` })
      const up = { ...signUp("forged@example.com"), headers: forged(0) }
      const statuses = [(await send("POST /api/v1/auth/sign-up/email", up)).status]
      for (let i = 1; i < 4; i++) {
        const tried = { ...signIn(`forged${i}@example.com`), headers: forged(i) }
        statuses.push((await send("POST /api/v1/auth/sign-in/email", tried)).status)
      }
      expect(statuses).toEqual([200, 401, 401, 429])
    },
  )
  const { rows } = await db.adminPool.query(
    `select ip from audit_records where action = 'account.create'
     and actor_id = (select id from auth."user" where email = 'forged@example.com')`,
  )
  expect(rows).toEqual([{ ip: "203.0.113.7" }])
})
