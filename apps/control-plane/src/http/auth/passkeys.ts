import type { Library } from "./library.ts"
import { type LibraryCall, requestFor } from "./library-request.ts"
import { refusal } from "./refusals.ts"

/** What a device keeps and signs in with, as far as the library has no safe call for it. */
export interface Passkeys {
  /** the newest first */
  passkeysOf(userId: string): Promise<KeptPasskey[]>
  /** What the browser is asked with, and cookies by which its answer is known. */
  askPasskey(
    what: "register" | "authenticate",
    visit: Omit<LibraryCall, "path" | "body">,
  ): Promise<{ options: Record<string, unknown>; cookies: string[] }>
  /** Undefined when the person has no such one. */
  renamePasskey(of: PasskeyOf & { name: string }): Promise<KeptPasskey | undefined>
  /** False when the person has no such one. */
  removePasskey(of: PasskeyOf): Promise<boolean>
}

interface PasskeyOf {
  userId: string
  passkeyId: string
}

export interface KeptPasskey {
  id: string
  name: string
  backedUp: boolean
  createdAt: Date
}

export function passkeys(library: Library, { publicUrl }: { publicUrl: string }): Passkeys {
  const model = "passkey"
  const whose = ({ userId, passkeyId }: PasskeyOf) => [
    { field: "userId", value: userId },
    { field: "id", value: passkeyId },
  ]
  return {
    async passkeysOf(userId) {
      const { adapter } = await library.$context
      const where = [{ field: "userId", value: userId }]
      const sortBy = { field: "createdAt", direction: "desc" } as const
      return adapter.findMany<KeptPasskey>({ model, where, sortBy })
    },
    async askPasskey(what, visit) {
      const path = `/passkey/generate-${what}-options`
      const response = await library.handler(requestFor(publicUrl, { ...visit, path }))
      if (!response.ok) throw await refusal(response)
      const options = (await response.json()) as Record<string, unknown> // by the library's word
      const cookies = response.headers.getSetCookie()
      if (what === "register") return { options, cookies }
      return { options: { ...options, userVerification: "required" }, cookies }
    },
    async renamePasskey({ name, ...of }) {
      const { adapter } = await library.$context
      const renamed = { model, where: whose(of), update: { name } }
      return (await adapter.update<KeptPasskey>(renamed)) ?? undefined
    },
    async removePasskey(of) {
      const { adapter } = await library.$context
      return (await adapter.deleteMany({ model, where: whose(of) })) > 0
    },
  }
}
