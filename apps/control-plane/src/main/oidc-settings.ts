import { setting } from "@vibecaas/kernel/config"
import { z } from "zod"

const text = z.string().min(1, "must not be empty").optional()

/** A provider of OpenID Connect by which people sign in beside their password. */
export const oidcSettings = {
  VIBECAAS_OIDC_ISSUER: setting(
    z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
    "issuer of OpenID Connect that people can sign in by; it is told the address <public URL>/sign-in/back",
    "none",
  ),
  VIBECAAS_OIDC_CLIENT_ID: setting(text, "who this installation is at the issuer", "none"),
  VIBECAAS_OIDC_CLIENT_SECRET: setting(text, "the secret that goes with it", "none"),
  VIBECAAS_OIDC_NAME: setting(
    z.string().trim().min(1).max(40, "must have at most 40 characters").default("single sign-on"),
    "what the button to sign in by it says after “Sign in with”",
    "single sign-on",
  ),
  VIBECAAS_OIDC_SIGNUP: setting(
    z.enum(["open", "closed"], "must be open or closed").optional(),
    "whether whoever the issuer knows gets an account: open or closed",
    "open while VIBECAAS_SIGNUP is, else closed",
  ),
}

interface Values {
  VIBECAAS_OIDC_ISSUER: string | undefined
  VIBECAAS_OIDC_CLIENT_ID: string | undefined
  VIBECAAS_OIDC_CLIENT_SECRET: string | undefined
  VIBECAAS_OIDC_NAME: string
  VIBECAAS_OIDC_SIGNUP: "open" | "closed" | undefined
}

/** @param signup who may sign up by a password */
export function oidcOf(values: Values, signup: "open" | "invite" | "closed") {
  const issuer = values.VIBECAAS_OIDC_ISSUER
  if (issuer === undefined) return undefined
  return {
    issuer,
    clientId: values.VIBECAAS_OIDC_CLIENT_ID ?? "",
    clientSecret: values.VIBECAAS_OIDC_CLIENT_SECRET ?? "",
    name: values.VIBECAAS_OIDC_NAME,
    makesAccounts: (values.VIBECAAS_OIDC_SIGNUP ?? signup) === "open",
  }
}

/** Settings without which the issuer is of no use. */
export function missingOfOidc(oidc: ReturnType<typeof oidcOf>): string[] {
  if (!oidc) return []
  const needed = {
    VIBECAAS_OIDC_CLIENT_ID: oidc.clientId,
    VIBECAAS_OIDC_CLIENT_SECRET: oidc.clientSecret,
  }
  return Object.entries(needed)
    .filter(([, value]) => value === "")
    .map(([name]) => `${name}: is needed with VIBECAAS_OIDC_ISSUER`)
}
