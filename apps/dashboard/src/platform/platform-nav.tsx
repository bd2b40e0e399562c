"use client"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { useSession } from "../shell/session.tsx"
import { cn } from "../ui/cn.ts"

const pages = [
  ["", "Health"],
  ["/people", "People"],
  ["/organizations", "Organizations"],
  ["/simulated", "What is simulated"],
] as const

/** The pages of those who run the installation. */
export function PlatformNav() {
  const here = usePathname()
  const { can, paths } = useSession()
  if (!can("platform-admin")) return null
  return (
    <nav
      aria-label="Platform"
      className="no-bar flex flex-none gap-5 overflow-x-auto border-b border-line"
    >
      {pages.map(([at, name]) => {
        const to = `${paths.root}/platform${at}`
        return (
          <Link
            key={at}
            href={to}
            aria-current={here === to ? "page" : undefined}
            className={cn(
              "-mb-px border-b-2 border-transparent pt-2 pb-2.5 text-13 whitespace-nowrap text-fg-2 outline-offset-[-2px] hover:text-fg",
              here === to && "border-accent font-medium text-fg",
            )}
          >
            {name}
          </Link>
        )
      })}
    </nav>
  )
}
