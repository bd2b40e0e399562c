/** What a page's code answers; `storefront.ts` writes it to the wire. */
export type Answer =
  | { page: string; status?: number; cookies?: string[] }
  | { to: string; cookies?: string[] }
  | { json: unknown; status?: number; cookies?: string[] }

/** Leads on with another request, so that a reload sends nothing twice. */
export const leadTo = (to: string, cookies: string[] = []): Answer => ({ to, cookies })
