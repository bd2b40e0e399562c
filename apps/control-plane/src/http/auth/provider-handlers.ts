import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Handlers, Visitor } from "../../core/kind.ts"
import { act, type DeedParts, stop } from "./deeds.ts"
import type { Provider } from "./provider.ts"
import type { Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface ProviderHandlersParts extends DeedParts {
  signIn: SignIn
  sessions: Sessions
  /** undefined where none is set */
  provider: Provider | undefined
}

type ProviderRoute = Extract<keyof Handlers<"accounts">, `${string} /auth/provider${string}`>

/** Signing in at a provider, whose word for an address counts here. */
export function providerHandlers(
  parts: ProviderHandlersParts,
): Pick<Handlers<"accounts">, ProviderRoute> {
  const need = () => {
    if (parts.provider) return parts.provider
    throw fault("not_found", { say: "This server has no provider to sign in by." })
  }
  return {
    "GET /auth/provider": async () => ({ name: parts.provider?.name ?? null }),
    "POST /auth/provider/begin": async ({ visitor }) => {
      const { url, cookies } = await need().begin(visitor)
      return { body: { url }, setCookies: cookies }
    },
    "POST /auth/provider/finish": async ({ body, visitor }) => {
      const sent = Object.fromEntries(
        Object.entries(body).filter((pair): pair is [string, string] => pair[1] !== undefined),
      )
      const { cookies, isNew } = await need().finish(sent, visitor)
      const { user, sessionId } = await whoIs(parts, cookies)
      await endBefore(parts, visitor)
      if (await parts.signIn.asksSecondStep(user.id)) {
        await parts.signIn.endSession({ userId: user.id, sessionId })
        parts.sessions.forget({ sessionId })
        const setCookies = [await parts.signIn.askSecondStep(user.id)]
        return { body: { user: null, secondStep: true }, setCookies }
      }
      const { ip, requestId } = visitor
      const action = isNew ? "account.create" : "session.start"
      await parts.recordAccountDeed({ action, person: user, ip, requestId })
      return { body: { user, secondStep: false }, setCookies: cookies }
    },
  }
}

async function whoIs({ sessions }: ProviderHandlersParts, cookies: readonly string[]) {
  const header = cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ")
  const principal = await sessions.find(header)
  invariant(principal, "a provider that let somebody in began their session")
  const { userId: id, name, email, sessionId } = principal
  return { user: { id, name, email }, sessionId }
}

/** The session that the same browser had ends: nobody could reach it to end it. */
async function endBefore(parts: ProviderHandlersParts, visitor: Visitor): Promise<void> {
  if (visitor.principal) await act(parts, visitor, stop)
}
