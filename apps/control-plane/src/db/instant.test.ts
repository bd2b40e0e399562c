import { afterAll, beforeAll, expect, test } from "vitest"
import { instantOf, utcText } from "./instant.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test("an instant reads as the same text whatever the time zone and however round", async () => {
  const instants = [
    "2026-01-31T12:00:00.000Z",
    "2026-01-31T12:00:00.500Z",
    "2026-07-31T23:59:59.999Z",
    "2026-02-28T00:00:01.020Z",
  ]
  for (const zone of ["UTC", "Asia/Kathmandu", "America/St_Johns"]) {
    const client = await db.pool.connect()
    try {
      await client.query(`set timezone = '${zone}'`)
      const { rows } = await client.query<{ text: string }>(
        `select ${utcText("at")} as text from unnest($1::timestamptz(3)[]) as given(at)`,
        [instants],
      )
      expect(rows.map(({ text }) => instantOf(text))).toEqual(instants)
    } finally {
      client.release(true)
    }
  }
})
