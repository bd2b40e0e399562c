import { callsOf } from "@vibecaas/contract/key-permissions"
import type { Permission } from "@vibecaas/contract/permissions"
import { permissionsOf } from "@vibecaas/contract/permissions"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { decodeProtectedHeader, jwtVerify, SignJWT } from "jose"
import { z } from "zod"
import type { Found, Principal } from "../../core/kind.ts"
import type { SigningKeys } from "./signing-keys.ts"

/** What a token says; who checks it elsewhere reads the same. */
const claims = z.object({
  sub: z.string(),
  /** of a session, or of a key's secret: what it ends with */
  sid: z.string(),
  org: z.string(),
  permissions: z.array(z.string()),
  projects: z.array(z.string()).nullable(),
  exp: z.number(),
})

export interface Wanted {
  organizationId: string | undefined
  minutes: number
  permissions: readonly string[] | undefined
  audience: string | undefined
}

export interface TokenParts {
  clock: Clock
  keys: SigningKeys
  /** where people reach the platform: who issues tokens, and whom they are for */
  publicUrl: string
  /** who has a session or a key's secret of that id now */
  principalOf(id: string): Promise<Found | undefined>
}

export interface Tokens {
  /** @throws Fault `not_found` for an organization of others, `forbidden` for what who asks may not give */
  sign(
    principal: Principal,
    wanted: Wanted,
  ): Promise<{ token: string; expiresAt: Date; permissions: Permission[] }>
  /** whom a token stands for now, with what it and they may both; undefined when it opens nothing */
  load(token: string): Promise<Found | undefined>
}

/** Whether a text can be a token of ours: what cannot is not looked at. */
export const isToken = (text: string) =>
  text.length < 8000 && /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

export function makeTokens(parts: TokenParts): Tokens {
  const { clock, keys, publicUrl } = parts
  return {
    async sign(principal, wanted) {
      const given = rightsFor(principal, wanted)
      const seconds = Math.floor(clock.now().getTime() / 1000)
      const ends = seconds + wanted.minutes * 60
      const { id, key } = await keys.current()
      const token = await new SignJWT({ sid: principal.sessionId, name: principal.name, ...given })
        .setProtectedHeader({ alg: "ES256", kid: id, typ: "JWT" })
        .setIssuer(publicUrl)
        .setAudience(wanted.audience ?? publicUrl)
        .setSubject(principal.userId)
        .setIssuedAt(seconds)
        .setExpirationTime(ends)
        .sign(key)
      return { token, expiresAt: new Date(ends * 1000), permissions: given.permissions }
    },
    async load(token) {
      const said = isToken(token) ? await read(parts, token) : undefined
      const found = said && (await parts.principalOf(said.sid))
      if (!found || found.principal.userId !== said.sub) return undefined
      const expiresAt = Math.min(found.expiresAt, said.exp * 1000)
      return { principal: narrowed(found.principal, said), expiresAt }
    },
  }
}

async function read({ clock, keys, publicUrl }: TokenParts, token: string) {
  try {
    const { kid = "" } = decodeProtectedHeader(token)
    const key = await keys.find(kid)
    if (!key) return undefined
    const expected = { issuer: publicUrl, audience: publicUrl, algorithms: ["ES256"] }
    const { payload } = await jwtVerify(token, key, { ...expected, currentDate: clock.now() })
    return claims.parse(payload)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** Whatever is wrong with a token that somebody sends is no failure of ours. */
const isRefusal = (error: unknown) =>
  error instanceof z.ZodError ||
  (error instanceof TypeError && /token|header/i.test(error.message)) ||
  (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_J"))

function rightsFor(principal: Principal, { organizationId, permissions }: Wanted) {
  if (principal.impersonator) {
    throw fault("forbidden", { say: "Who only looks as somebody gets no token of theirs." })
  }
  if (principal.token) {
    const say = "A token gets no other token. Use the key or the session that it came from."
    throw fault("forbidden", { say })
  }
  const org = organizationId ?? principal.personalOrganizationId
  const member = principal.memberships.find((each) => each.organizationId === org)
  if (!member) throw fault("not_found", { say: "There is no such organization." })
  const own = (principal.key?.permissions ?? permissionsOf(member.role)).filter((each) =>
    callsOf.has(each),
  )
  const beyond = permissions?.find((each) => !own.some((mine) => mine === each))
  if (beyond !== undefined) {
    const say = `You cannot give ${beyond}: it is not yours, or no token can have it.`
    throw fault("forbidden", { say })
  }
  const given = permissions ? own.filter((each) => permissions.includes(each)) : [...own]
  return { org, permissions: given, projects: principal.key?.projects ?? null }
}

/** What who asks may now, as far as the token says so, too. */
function narrowed(principal: Principal, said: z.infer<typeof claims>): Principal {
  const { key, memberships, grants = [] } = principal
  const inside = <T extends { organizationId: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.organizationId === said.org)
  const member = inside(memberships)[0]
  const now = key?.permissions ?? (member ? permissionsOf(member.role) : [])
  return {
    ...principal,
    platformAdmin: false,
    personalOrganizationId: said.org,
    memberships: inside(memberships),
    grants: inside(grants),
    key: {
      permissions: now.filter((each) => said.permissions.includes(each)),
      projects: key?.projects ?? null,
    },
    token: true,
  }
}
