import { APIError } from "openai"

export const hello = {
  model: "default",
  messages: [{ role: "user" as const, content: "Say hello." }],
}

/** What a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<InstanceType<typeof APIError>> {
  const error = await call.then(
    () => undefined,
    (failed: unknown) => failed,
  )
  if (!(error instanceof APIError)) throw new Error(`not refused: ${error}`)
  return error
}
