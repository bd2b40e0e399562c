"use client"
import { useMutation } from "@tanstack/react-query"
import { Eye } from "lucide-react"
import { endImpersonation } from "../administration/queries.ts"
import { problemOf } from "../api/problem.ts"
import { outside } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { useNow } from "../ui/use-now.ts"
import { useSession } from "./session.tsx"

/** Says on every page that an administrator looks as somebody, and ends it. */
export function ImpersonationBanner() {
  const { me } = useSession()
  const now = useNow(10_000)
  const end = useMutation(endImpersonation)
  if (!me.impersonated) return null
  const minutes = Math.max(0, Math.ceil((Date.parse(me.impersonated.until) - now) / 60_000))
  const leave = () =>
    end.mutate(
      { body: {} },
      // Everything that is kept here is what that person sees.
      {
        onSuccess: ({ signedIn }) =>
          window.location.assign(signedIn ? outside.home() : outside.signIn()),
      },
    )
  return (
    <section
      aria-label="You look as somebody else"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-warn-line bg-warn-soft px-8 py-2 text-13 text-warn-fg max-md:px-4"
    >
      <Eye aria-hidden="true" className="size-4 flex-none" strokeWidth={1.75} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        You look as <b className="font-semibold">{me.name}</b> ({me.email}) and can change nothing.
        It ends by itself in {minutes} min.
        {end.error ? ` ${problemOf(end.error).detail}` : ""}
      </span>
      <Button
        size="sm"
        className="ml-auto"
        busy={end.isPending ? "Ending" : undefined}
        onClick={leave}
      >
        End
      </Button>
    </section>
  )
}
