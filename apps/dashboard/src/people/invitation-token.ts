const key = "vibecaas.invitation"

/**
 * The token of the invitation whose link was opened: from behind the #, which no server sees, then from
 * this tab's own memory, so that it survives the way through the door.
 */
export function takeInvitation(): string | undefined {
  const fromLink = window.location.hash.slice(1)
  if (!fromLink) return keptInvitation()
  try {
    sessionStorage.setItem(key, fromLink)
    window.history.replaceState(null, "", window.location.pathname)
  } catch {
    // Without storage it stays in the address.
  }
  return fromLink
}

/** The invitation that waits in this tab. */
export function keptInvitation(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // There was nothing to forget.
  }
}
