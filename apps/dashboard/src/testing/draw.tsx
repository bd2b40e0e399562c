import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { cleanup, configure, render } from "@testing-library/react"
import { userEvent } from "@testing-library/user-event"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime.js"
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime.js"
import type { ReactNode } from "react"
import { onTestFinished } from "vitest"
import { SessionProvider } from "../shell/session.tsx"
import { ToastProvider } from "../ui/toast.tsx"
import { mara } from "./people.ts"

// A busy machine takes its time; nothing waits longer than it has to.
configure({ asyncUtilTimeout: 30_000 })
// What jsdom lays out it does not show, so it has nothing to scroll and no pointer to hold.
Element.prototype.scrollIntoView = () => undefined
Element.prototype.hasPointerCapture = () => false
HTMLElement.prototype.showPopover = () => undefined
HTMLElement.prototype.hidePopover = () => undefined
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

export interface DrawOptions {
  me?: Me
  /** slug of the organization that is open; the first of the person otherwise */
  open?: string
  /** address below the organization's */
  at?: string
}

/** A part of the dashboard as somebody signed in sees it, and what they do with it. */
export function draw(part: ReactNode, { me = mara(), open, at = "/projects" }: DrawOptions = {}) {
  const [first] = me.organizations
  const organization = me.organizations.find(({ slug }) => slug === open) ?? first
  if (!organization) throw new Error("everybody has an organization")
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const visited: string[] = []
  const router = {
    ...{ back() {}, forward() {}, refresh() {}, prefetch() {}, hmrRefresh() {} },
    push: (href: string) => void visited.push(href),
    replace: (href: string) => void visited.push(href),
  }
  onTestFinished(cleanup)
  const drawn = render(
    <AppRouterContext value={router as never}>
      <PathnameContext value={`/o/${organization.slug}${at}`}>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <SessionProvider me={me} organization={organization}>
              {part}
            </SessionProvider>
          </ToastProvider>
        </QueryClientProvider>
      </PathnameContext>
    </AppRouterContext>,
  )
  return { ...drawn, client, visited, user: userEvent.setup() }
}
