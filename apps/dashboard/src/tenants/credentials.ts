// The sentences and limits are those of the contract's schemas, which are too heavy for the first
// load; credentials.test.ts compares both.

/** What is wrong with an address, or nothing. */
export function emailFault(email: string): string | undefined {
  // The expression of the schema library, so that form and server agree on every address.
  const form =
    /^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/
  return form.test(email) ? undefined : "Enter an address such as mara@example.com."
}

/** What is wrong with a new password, or nothing. */
export function passwordFault(password: string): string | undefined {
  if (password.length < 10) return "Use at least 10 characters."
  return password.length > 128 ? "Use at most 128 characters." : undefined
}

/** What is wrong with the name of a person, or nothing. */
export function personNameFault(name: string): string | undefined {
  const trimmed = name.trim()
  if (trimmed.length < 1) return "Enter your name."
  return trimmed.length > 80 ? "Use at most 80 characters." : undefined
}

/** What is wrong with the name of an organization, or nothing. */
export function organizationNameFault(name: string): string | undefined {
  const { length } = name.trim()
  if (length < 2) return "Use at least 2 characters, for example “Halden Works”."
  return length > 60 ? "Use at most 60 characters." : undefined
}
