import type { Me } from "@vibecaas/contract/kinds/tenants"

/** the cookie that keeps the slug of the organization that was open last */
export const lastOrganizationCookie = "organization"

/** Where somebody goes on: the organization they had open, or else their own. */
export function lastOrganization({ organizations }: Pick<Me, "organizations">, slug = "") {
  return (
    organizations.find((organization) => organization.slug === slug) ??
    organizations.find(({ personal }) => personal) ??
    organizations[0]
  )
}

const yearSeconds = 31_536_000

/** The slug that was remembered in this browser, if any. */
export function rememberedOrganization(): string | undefined {
  const start = `${lastOrganizationCookie}=`
  const pair = document.cookie.split("; ").find((each) => each.startsWith(start))
  return pair?.slice(start.length)
}

export function rememberOrganization(slug: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${lastOrganizationCookie}=${slug}; path=/; max-age=${yearSeconds}; samesite=lax`
}
