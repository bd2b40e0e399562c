"use client"
import { Gauge } from "lucide-react"
import { type NearLimit, useNearLimit } from "../api/rate.ts"
import { count } from "../ui/format.ts"

/** Warns before the server refuses, and says when it goes on; nothing while no limit is near. */
export function RateNotice() {
  const near = useNearLimit()
  return (
    <div role="status" aria-label="Limit" className="empty:hidden">
      {near ? (
        <p className="flex items-center gap-2 border-b border-warn-line bg-warn-soft px-8 py-2 text-13 text-warn-fg max-md:px-4">
          <Gauge aria-hidden="true" className="size-4 flex-none" strokeWidth={1.75} />
          <span>
            {sentence(near)}{" "}
            <span className="tabular-nums" aria-hidden="true">
              {near.remaining > 0 ? "Counted anew in" : "It goes on in"} {near.seconds} s.
            </span>
          </span>
        </p>
      ) : null}
    </div>
  )
}

const whose = {
  organization: "Your organization",
  person: "You",
} as const

function sentence({ policy, limit, remaining }: NearLimit): string {
  const most = limit.toLocaleString("en")
  if (policy === "provisioning")
    return remaining > 0
      ? `${count(remaining, "more thing")} may be started this minute, of ${most}.`
      : `No more than ${most} things may be started a minute.`
  const who = whose[policy === "person" ? "person" : "organization"]
  return remaining > 0
    ? `${who} may make ${count(remaining, "more request")} this minute, of ${most}.`
    : `${who} may make no more than ${most} requests a minute.`
}
