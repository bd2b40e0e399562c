import { expect, test } from "vitest"
import { rateIn } from "./rate.ts"

const told = {
  "ratelimit-policy": '"provisioning";q=10;w=60',
  "ratelimit-limit": "10",
  "ratelimit-remaining": "2",
  "ratelimit-reset": "41",
}

test("what an answer tells of the nearest limit is read, and nothing where it tells nothing or something unknown", () => {
  expect(rateIn(new Headers(told))).toEqual({
    ...{ policy: "provisioning", limit: 10, remaining: 2, resetSeconds: 41 },
  })
  expect(rateIn(new Headers())).toBeUndefined()
  expect(rateIn(new Headers({ ...told, "ratelimit-policy": '"other";q=1;w=1' }))).toBeUndefined()
  expect(rateIn(new Headers({ ...told, "ratelimit-reset": "soon" }))).toBeUndefined()
})
