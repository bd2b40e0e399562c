"use client"
import { FileText, Search } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { pages } from "../kinds.ts"
import { cn } from "../ui/cn.ts"
import { Kbd } from "../ui/kbd.tsx"
import { LiveMark } from "./live-mark.tsx"
import { modKeyOf } from "./mod-key.ts"
import { OrganizationSwitch } from "./organization-switch.tsx"
import { hrefOf, mainPages } from "./pages.ts"
import { useSession } from "./session.tsx"
import { ThemeSwitch } from "./theme-switch.tsx"
import { UserMenu } from "./user-menu.tsx"

interface SidebarProps {
  onSearch(): void
  /** called when a link was followed, so that a sheet can close */
  onLeave?(): void
}

/** Organization, search, pages; below them theme, live mark and the person. */
export function Sidebar({ onSearch, onLeave }: SidebarProps) {
  return (
    <div className="flex h-full flex-col gap-1 overflow-y-auto p-2">
      <OrganizationSwitch />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Meta+K Control+K"
        className="mt-1 mb-2 flex h-8 w-full flex-none items-center gap-2 rounded-2 border border-line-2 bg-bg pr-1.5 pl-2 text-13 text-fg-3 hover:text-fg-2 max-md:h-10"
      >
        <Search aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        <span className="mr-auto">Search or jump to</span>
        <SearchKeys />
      </button>
      <MainNavigation onLeave={onLeave} />
      <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-2 pt-3">
        <div className="flex items-center justify-between px-2">
          <ThemeSwitch />
          <LiveMark />
        </div>
        <UserMenu />
      </div>
    </div>
  )
}

function SearchKeys() {
  // The shell is drawn in browsers only: it waits for who is signed in.
  const mod = modKeyOf(navigator.platform)
  return (
    <span className="pointer-coarse:hidden">
      <Kbd>{mod === "⌘" ? "⌘K" : `${mod} K`}</Kbd>
    </span>
  )
}

function MainNavigation({ onLeave }: { onLeave: (() => void) | undefined }) {
  const { can, paths } = useSession()
  const here = usePathname()
  return (
    <nav aria-label="Organization" className="grid gap-px">
      {mainPages(pages, can).map((page) => {
        const { name, icon: Icon = FileText, Aside } = page
        const href = `${paths.root}${hrefOf(page)}`
        const inside = here === href || here.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            onClick={() => onLeave?.()}
            aria-current={inside ? "page" : undefined}
            className={cn(
              "flex h-[30px] items-center gap-2.5 rounded-2 px-2 text-13 text-fg-2 transition-colors duration-(--m-1) hover:bg-active hover:text-fg max-md:h-10 max-md:text-14",
              inside && "bg-active font-medium text-fg",
            )}
          >
            <Icon aria-hidden="true" className="size-4 flex-none" strokeWidth={1.75} />
            {name}
            {Aside ? <Aside params={{}} /> : null}
          </Link>
        )
      })}
    </nav>
  )
}
