import { expect, test } from "vitest"
import { modelFetch } from "./model-fetch.ts"

const asking = { stream: true, stream_options: { include_usage: true }, messages: [] }

/** Answers by a function of what was sent, and what was sent so far. */
function server(answer: (body: Record<string, unknown>) => Response) {
  const heard: Record<string, unknown>[] = []
  const fetch = modelFetch(async (_, init) => {
    const body = JSON.parse(String(init?.body))
    heard.push(body)
    return answer(body)
  })
  return {
    heard,
    ask: () => fetch("http://m/v1/x", { method: "POST", body: JSON.stringify(asking) }),
  }
}

test("a server that refuses to be asked for usage is asked without", async () => {
  const { heard, ask } = server((body) =>
    body.stream_options
      ? Response.json({ error: "unknown field: stream_options" }, { status: 400 })
      : new Response("data: {}", { headers: { "content-type": "text/event-stream" } }),
  )
  expect((await ask()).status).toBe(200)
  expect(heard).toEqual([asking, { stream: true, messages: [] }])
})

test("a request that is refused for another reason is sent once", async () => {
  const { heard, ask } = server(() => Response.json({ error: "too long" }, { status: 400 }))
  expect(await (await ask()).json()).toEqual({ error: "too long" })
  expect(heard).toHaveLength(1)
})

test.each([
  ["text/html; charset=utf-8", /a page, perhaps to sign in at a proxy/],
  ["application/json", /it does not stream/],
])("%s in place of a stream is said as it is, and not worth another try", async (type, say) => {
  const { ask } = server(() => new Response("<html>", { headers: { "content-type": type } }))
  await expect(ask()).rejects.toMatchObject({
    ...{ code: "model_failed", retryable: false },
    say: expect.stringMatching(say),
  })
})
