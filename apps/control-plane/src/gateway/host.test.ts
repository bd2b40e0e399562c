import { expect, test } from "vitest"
import { siteOfHost } from "./host.ts"

const domains = { appsDomain: "preview.localhost", wholeDomains: ["stores.localhost"] }

test.each([
  ["books.preview.localhost:3000", "books"],
  ["books.stores.localhost:3000", "books.stores.localhost"],
  ["Books.Stores.localhost.", "books.stores.localhost"],
  ["preview.localhost", ""],
  ["stores.localhost", ""],
  ["a.b.stores.localhost", ""],
  ["localhost:3000", undefined],
  ["books.xstores.localhost", undefined],
  [undefined, undefined],
])("%s is the site %s", (host, site) => {
  expect(siteOfHost(host, domains)).toBe(site)
})
