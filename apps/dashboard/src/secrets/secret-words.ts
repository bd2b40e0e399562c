import type { SecretState } from "@vibecaas/contract/kinds/secrets"
import type { SecretEnvironment, SecretType } from "@vibecaas/contract/secret-types"
import type { StateLook } from "../ui/state.tsx"

export const typeWords: Readonly<Record<SecretType, string>> = {
  api_key: "API key",
  password: "Password",
  token: "Token",
  certificate: "Certificate",
  database_url: "Database address",
  ssh_key: "SSH key",
  text: "Other text",
}

export const environmentWords: Readonly<Record<SecretEnvironment, string>> = {
  every: "Everywhere",
  development: "Drafts",
  production: "Live",
}

/** Below the choice of an environment. */
export const environmentHelp: Readonly<Record<SecretEnvironment, string>> = {
  every: "The live app and the drafts of runs have it.",
  development: "Only drafts have it, in place of one for everywhere.",
  production: "Only the live app has it. Agents work on drafts, so nothing of theirs does.",
}

export const stateLooks: Readonly<Record<SecretState, StateLook>> = {
  active: { glyph: "alive", word: "Active" },
  expiring: { glyph: "warn", word: "Ends soon" },
  expired: { glyph: "bad", word: "Past its end" },
}

/** Values of several lines, which no field of one line can hold. */
export const hasLines = (type: SecretType) =>
  type === "certificate" || type === "ssh_key" || type === "text"

export const optionsOf = <Value extends string>(words: Readonly<Record<Value, string>>) =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] })) // its own keys

/** The start of a day, UTC, as a field for dates has it; nothing for no end. */
export const endOfTyped = (day: string) => (day === "" ? null : `${day}T00:00:00.000Z`)
export const typedOfEnd = (at: string | null) => at?.slice(0, 10) ?? ""
