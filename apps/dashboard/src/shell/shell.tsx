"use client"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import dynamic from "next/dynamic"
import { type ReactNode, useEffect } from "react"
import { LiveProvider, useTopic } from "../live/live-provider.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { rememberOrganization } from "../visit/last-organization.ts"
import { NothingAt } from "../visit/nothing-at.tsx"
import { CommandsProvider } from "./commands.tsx"
import { Crumbs } from "./crumbs.tsx"
import { LostMark } from "./live-mark.tsx"
import { NavigationSheet } from "./navigation-sheet.tsx"
import { NoticesButton } from "./notices-button.tsx"
import { NoticesProvider } from "./notices-provider.tsx"
import { usePlatform } from "./platform.ts"
import { BannerWord, PlatformBanner, useBanner } from "./platform-banner.tsx"
import { RateNotice } from "./rate-notice.tsx"
import { SessionProvider, useMe, useSession } from "./session.tsx"
import { ShellSkeleton } from "./shell-skeleton.tsx"
import { Sidebar } from "./sidebar.tsx"
import { useGoKeys } from "./use-go-keys.ts"
import { useSearch } from "./use-search.ts"
import { useShortcut } from "./use-shortcut.ts"
import { useStayOffline } from "./use-stay-offline.ts"

const KeysSheet = dynamic(() => import("./keys-sheet.tsx").then((module) => module.KeysSheet), {
  ssr: false,
})
const Palette = dynamic(() => import("./palette.tsx").then((module) => module.Palette), {
  ssr: false,
})

const ClosedOrganization = dynamic(
  () => import("./closed-organization.tsx").then((module) => module.ClosedOrganization),
  { ssr: false },
)
const ImpersonationBanner = dynamic(
  () => import("./impersonation-banner.tsx").then((module) => module.ImpersonationBanner),
  { ssr: false },
)

interface ShellProps {
  /** of the organization in the address */
  slug: string
  /** who is signed in, when the server could tell with the page */
  me: Me | undefined
  children: ReactNode
}

/** The frame of every page behind the door. */
export function Shell({ slug, me: known, children }: ShellProps) {
  const me = useMe(known)
  // The banner must not push the page down once it is read.
  const platform = usePlatform()
  if (me.data && !platform.isPending) {
    const organization = me.data.organizations.find((each) => each.slug === slug)
    if (!organization) return <NothingAt what="organization" />
    if (organization.disabled !== null)
      return <ClosedOrganization me={me.data} organization={organization} />
    return (
      <SessionProvider me={me.data} organization={organization}>
        <LiveProvider>
          <CommandsProvider>
            <NoticesProvider>
              <Frame>{children}</Frame>
            </NoticesProvider>
          </CommandsProvider>
        </LiveProvider>
      </SessionProvider>
    )
  }
  if (me.error && !signedOut(me.error)) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorPanel
          title="The dashboard could not be loaded"
          error={me.error}
          onRetry={() => me.refetch()}
        />
      </main>
    )
  }
  return <ShellSkeleton />
}

// Then the page is on its way to sign-in, and an error would only flash.
function signedOut(error: Error): boolean {
  return "problem" in error && (error.problem as { status?: number }).status === 401
}

function Frame({ children }: { children: ReactNode }) {
  const { organization, me } = useSession()
  const { open, wasOpen, show, close } = useSearch()
  useTopic(`organization:${organization.id}`)
  useEffect(() => rememberOrganization(organization.slug), [organization.slug])
  useShortcut("mod+k", () => (open ? close() : show()))
  const keys = useAsked<true>()
  const banner = useBanner()
  useShortcut("?", () => keys.ask(true))
  useGoKeys()
  useStayOffline()
  return (
    <div className="grid min-h-dvh grid-cols-[var(--sidebar)_minmax(0,1fr)] max-md:grid-cols-[minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-2 bg-raised px-3 py-2 text-13 shadow-2 focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside
        aria-label="Main"
        className="sticky top-0 h-dvh border-r border-line bg-shell max-md:hidden"
      >
        <Sidebar onSearch={show} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="flex h-(--topbar) flex-none items-center gap-3 border-b border-line bg-bg pr-6 pl-8 max-md:gap-1 max-md:px-4">
          <NavigationSheet onSearch={show} />
          <Crumbs />
          <LostMark />
          <BannerWord {...banner} />
          <NoticesButton />
        </header>
        {me.impersonated ? <ImpersonationBanner /> : null}
        <PlatformBanner {...banner} />
        <RateNotice />
        <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      {wasOpen ? <Palette open={open} onClose={close} onKeys={() => keys.ask(true)} /> : null}
      {keys.about ? <KeysSheet open={keys.open} onClose={keys.close} /> : null}
    </div>
  )
}
