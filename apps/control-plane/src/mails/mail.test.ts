import type { AddressInfo } from "node:net"
import { createServer, type Server } from "node:net"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createOrganization, type SeededOrganization, testMasterKey } from "../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../db/testing/test-database.ts"
import { testTurn } from "../db/testing/test-turn.ts"
import { type Mailer, sendMail, smtpMailer } from "./index.ts"
import { mailLoop } from "./reconcile-mail.ts"

let db: TestDatabase
let org: SeededOrganization
beforeAll(async () => {
  db = await testDatabase()
  org = await createOrganization(db)
})
afterAll(() => db.close())

async function write(): Promise<string> {
  const letter = {
    to: "mara@example.com",
    subject: "Hello",
    text: "Open https://x.example/#secret",
  }
  await db.scope(org, (ctx) => sendMail(ctx, testMasterKey, letter))
  const { rows } = await db.adminPool.query("select id from mails order by id desc limit 1")
  return rows[0]?.id
}

async function turn(id: string, mailer: Mailer | undefined) {
  const parts = { ...db, log: silentLog, masterKey: testMasterKey, mailer, due: async () => [] }
  const loop = mailLoop(parts)
  const key = { organizationId: org.organizationId, id }
  await loop.reconcile(await testTurn(db.adminPool, { loop: loop.name, key }))
  const text = "select state, sealed_text, failure from mails where id = $1"
  return (await db.adminPool.query(text, [id])).rows[0]
}

/** A mail server that answers RCPT with a code, and keeps what it was sent. */
function mailServer(rcpt: string): Promise<{ server: Server; url: string; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((socket) => {
    let inData = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    say("220 test")
    socket.on("error", () => {})
    socket.on("data", (chunk) => {
      for (const line of String(chunk).split("\r\n")) {
        if (inData) {
          heard.push(line)
          if (line === ".") {
            inData = false
            say("250 taken")
          }
        } else if (/^DATA/i.test(line)) {
          inData = true
          say("354 go on")
        } else if (/^RCPT/i.test(line)) say(rcpt)
        else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n")
        else if (line !== "") say("250 ok")
      }
    })
  })
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () =>
      done({ server, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }),
    ),
  )
}

test("without a mail server a mail is kept, sealed", async () => {
  const row = await turn(await write(), undefined)
  expect(row).toMatchObject({ state: "simulated", sealed_text: expect.stringMatching(/^v1\./) })
})

test("a mail server is given what was written, and the text is kept no longer", async () => {
  const { server, url, heard } = await mailServer("250 ok")
  const mailer = smtpMailer({ url, from: "platform@example.com" })
  expect(await turn(await write(), mailer)).toMatchObject({ state: "sent", sealed_text: null })
  expect(heard).toEqual(expect.arrayContaining(["To: mara@example.com", "Subject: Hello"]))
  expect(heard.join("\n")).toContain("https://x.example/#secret")
  server.close()
})

test("what a mail server refuses for good has failed; one that is away is asked again", async () => {
  const { server, url } = await mailServer("550 nobody of that name")
  const mailer = smtpMailer({ url, from: "platform@example.com" })
  const id = await write()
  expect(await turn(id, mailer)).toMatchObject({ state: "failed", failure: /nobody of that name/ })
  await new Promise((done) => server.close(done))
  const waiting = await write()
  await expect(turn(waiting, mailer)).rejects.toMatchObject({ code: "unavailable" })
  expect(await turn(waiting, undefined)).toMatchObject({ state: "simulated" })
})
