/** Variables that an app finds without being told, and no setting changes. */
const reservedVariables = ["PORT", "HOST", "NODE_ENV", "DATA_DIR", "TMPDIR", "HOME", "PATH"]
const nameMax = 100

/** What is wrong with the name of a variable, in words. */
export function faultOfVariable(name: string): string | undefined {
  if (name === "") return "Give the variable a name."
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return "Use letters, digits and underscores, with no digit at the beginning."
  }
  if (name.length > nameMax) return `Use at most ${nameMax} characters.`
  return reservedVariables.includes(name) ? `${name} is set by the platform.` : undefined
}

/** A variable's value that stands for a secret: its name, below the organization's slug where another one shares it. */
const reference = /^secret:(?:([a-z0-9-]+)\/)?([A-Za-z_][A-Za-z0-9_]*)$/

/** The secret that a variable's value refers to; nothing for a value of its own. */
export function secretReferredTo(
  value: string,
): { organization: string | null; name: string } | undefined {
  const [, organization = null, name] = reference.exec(value) ?? []
  return name === undefined ? undefined : { organization, name }
}
