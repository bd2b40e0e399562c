import { fault } from "@vibecaas/kernel/fault"

/**
 * `fetch` for what servers of models do that clients do not expect: some refuse to be asked for usage,
 * and what stands before one may answer with a page.
 */
export function modelFetch(ask: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const sent = typeof init?.body === "string" ? init.body : ""
    let answer = await ask(input, init)
    if (answer.status === 400 && sent.includes('"stream_options"')) {
      const why = await answer.clone().text()
      if (why.includes("stream_options"))
        answer = await ask(input, { ...init, body: withoutUsage(sent) })
    }
    const wantsStream = sent.includes('"stream":true') || String(input).includes("alt=sse")
    if (wantsStream && answer.ok) await demandStream(answer)
    return answer
  }
}

/** Usage is estimated where a server does not tell it. */
function withoutUsage(sent: string): string {
  const { stream_options: _, ...body } = JSON.parse(sent)
  return JSON.stringify(body)
}

/** @throws Fault `model_failed` */
async function demandStream(answer: Response): Promise<void> {
  const type = (answer.headers.get("content-type") ?? "").split(";", 1)[0]?.trim()
  if (type !== "text/html" && type !== "application/json") return
  await answer.body?.cancel()
  const what =
    type === "text/html"
      ? "a page, perhaps to sign in at a proxy"
      : "JSON in one piece: it does not stream"
  throw fault("model_failed", {
    say: `The model's server answered with ${what}, where a stream of events was asked for.`,
  })
}
