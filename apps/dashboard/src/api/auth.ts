import { ApiError } from "@vibecaas/contract/client"
import type { Problem } from "@vibecaas/contract/faults"
import type { authPaths } from "@vibecaas/contract/kinds/tenants"

type AuthCall = (typeof authPaths)[number] extends `POST /auth/${infer Name}` ? Name : never

/**
 * Calls one of the sign-in paths, which are outside the route table. What matters of the answer is
 * the cookie that comes with it.
 *
 * @throws ApiError
 */
export async function authCall(name: AuthCall, body: object): Promise<void> {
  const response = await fetch(`/api/v1/auth/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (response?.ok) return
  const answer: unknown = await response?.json().catch(() => undefined)
  throw new ApiError(isProblem(answer) ? answer : notAnswered(response?.status ?? 0))
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === "object" && answer !== null && "code" in answer && "detail" in answer
}

function notAnswered(status: number): Problem {
  return {
    type: "about:blank",
    title: "Not answered",
    status,
    code: "unreachable",
    detail:
      status === 0
        ? "The server did not answer. Check the connection and try again."
        : `The server refused with ${status}. Nothing was changed. Try again in a moment.`,
    requestId: "",
  }
}
