"use client"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { LayoutTemplate } from "lucide-react"
import { useSession } from "../shell/session.tsx"
import { cn } from "../ui/cn.ts"

// Whole names, which the style sheet is made from.
const shownIn = { light: "only-light", dark: "only-dark" }

interface PictureProps {
  starter: Pick<StarterSummary, "id" | "name" | "picture">
  /** what it shows; nothing where its name stands beside it */
  alt?: string
  className?: string
}

/** What a starter looks like, in the colors of the page; the picture that is not shown is not loaded. */
export function StarterPicture({ starter, alt = "", className }: PictureProps) {
  const { organization } = useSession()
  const { id, picture } = starter
  if (picture === null)
    return (
      <span className={cn("grid aspect-[8/5] place-items-center bg-sunken text-fg-3", className)}>
        <LayoutTemplate aria-hidden="true" className="size-6" strokeWidth={1.5} />
      </span>
    )
  const address = (scheme: "light" | "dark") => {
    const query = new URLSearchParams({ scheme, version: picture, organizationId: organization.id })
    return `/api/v1/starters/${id}/picture?${query}`
  }
  return (
    <>
      {(["light", "dark"] as const).map((scheme) => (
        <img
          key={scheme}
          src={address(scheme)}
          alt={alt}
          width={1200}
          height={750}
          loading="lazy"
          className={cn(
            "aspect-[8/5] h-auto w-full bg-sunken object-cover object-top",
            shownIn[scheme],
            className,
          )}
        />
      ))}
    </>
  )
}
