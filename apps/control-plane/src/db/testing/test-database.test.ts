import { expect, test } from "vitest"
import { testDatabase } from "./test-database.ts"

test("a connection that was not given back fails the file that took it", async () => {
  const db = await testDatabase()
  const kept = await db.pool.connect()
  kept.on("error", () => {})
  await expect(db.close()).rejects.toThrow("connections were not given back: pool (1 out")
  kept.release(true)
  await db.pool.end()
})

test("every test file has a database of its own, with nothing in it", async () => {
  const [a, b] = await Promise.all([testDatabase(), testDatabase()])
  await a.adminPool.query("insert into platform_admins (user_id) values ('user_1')")
  const { rows } = await b.adminPool.query("select * from platform_admins")
  expect(rows).toEqual([])
  await Promise.all([a.close(), b.close()])
})
