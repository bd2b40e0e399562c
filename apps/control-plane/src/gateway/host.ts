/**
 * The name before the apps' domain: `"shop"` for `shop.preview.localhost:3000`.
 *
 * Case, port and one trailing dot do not matter, as in DNS. `undefined` when the host is not below
 * the domain; an empty string when it is the domain itself or a name that no site can have.
 */
export function labelOfHost(host: string | undefined, appsDomain: string): string | undefined {
  const name = hostName(host)
  if (name === undefined) return undefined
  if (name === appsDomain) return ""
  if (!name.endsWith(`.${appsDomain}`)) return undefined
  const label = name.slice(0, -appsDomain.length - 1)
  return labelPattern.test(label) ? label : ""
}

/**
 * The name by which sites are found: the label below the apps' domain, or the whole name below another.
 *
 * `undefined` when the host is below none of them; an empty string for a name that no site can have.
 */
export function siteOfHost(
  host: string | undefined,
  { appsDomain, wholeDomains }: { appsDomain: string; wholeDomains: readonly string[] },
): string | undefined {
  for (const domain of wholeDomains) {
    const label = labelOfHost(host, domain)
    if (label !== undefined) return label && `${label}.${domain}`
  }
  return labelOfHost(host, appsDomain)
}

const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** The host without its port, in lower case; `undefined` for what is not a name with a port. */
export function hostName(host: string | undefined): string | undefined {
  const found = /^([A-Za-z0-9.-]{1,253}?)\.?(?::\d{1,5})?$/.exec(host ?? "")
  return found?.[1]?.toLowerCase()
}

/**
 * Whether a browser keeps a private preview's cookie: over https, or on `*.localhost`, which
 * browsers trust over http.
 */
export function canHoldPrivatePreviews(origin: { protocol: string; appsDomain: string }): boolean {
  if (origin.protocol === "https") return true
  return origin.appsDomain === "localhost" || origin.appsDomain.endsWith(".localhost")
}
