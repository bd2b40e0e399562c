import { expect, test } from "vitest"
import { readOperatorUrl } from "./operator-url.ts"

test.each([
  [
    "postgresql://shop%40s:p%3Aw@db.example.com:6432/main?sslmode=verify-full",
    {
      at: { host: "db.example.com", port: 6432, tls: "verify-full" },
      ...{ user: "shop@s", password: "p:w", database: "main" },
    },
  ],
  [
    "postgres://shops:pw@[::1]/",
    { at: { host: "::1", port: 5432, tls: "prefer" }, user: "shops", database: "postgres" },
  ],
  [
    "postgresql://shops:pw@localhost/postgres?host=/var/run/postgresql&port=5433",
    { at: { socket: "/var/run/postgresql", port: 5433 }, user: "shops" },
  ],
])("%s says where a server is and whom we are there", (text, server) => {
  expect(readOperatorUrl(text)).toMatchObject(server)
})
