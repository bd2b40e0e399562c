import { APICallError } from "@ai-sdk/provider"
import { expect, test } from "vitest"
import { readModelFailure } from "./model-failure.ts"

const unreached = (code: string) => {
  const cause = Object.assign(new Error("x"), { code })
  const error = new APICallError({ message: "x", url: "x", requestBodyValues: {}, cause })
  return readModelFailure(error, new Date(0))
}

test.each([
  ["ENOTFOUND", true, /no host of that name/],
  ["ECONNREFUSED", true, /nothing listens/],
  ["EHOSTUNREACH", true, /failed with EHOSTUNREACH/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", false, /certificate is not trusted.*NODE_EXTRA_CA_CERTS/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", false, /certificate is not trusted/],
])("a server that is not reached says why: %s", (code, retryable, say) => {
  expect(unreached(code)).toMatchObject({ retryable, say: expect.stringMatching(say) })
})
