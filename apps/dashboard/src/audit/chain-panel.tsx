"use client"
import { useQuery } from "@tanstack/react-query"
import type { AuditVerification } from "@vibecaas/contract/kinds/audit"
import { Download } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { count } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"

/** Files of what is shown, and whether nothing of it was changed. */
export function ChainActions({ query }: { query: Record<string, string> }) {
  const { organization } = useSession()
  const search = new URLSearchParams(query).toString()
  const href = (format: string) =>
    `/api/v1/organizations/${organization.id}/audit/${format}${search ? `?${search}` : ""}`
  return (
    <>
      {["csv", "json"].map((format) => (
        <a key={format} href={href(format)} download className={buttonLook({ size: "sm" })}>
          <Download aria-hidden="true" strokeWidth={1.75} />
          {format.toUpperCase()}
        </a>
      ))}
    </>
  )
}

/** Each record is chained to the one before it: whether the chain is whole, once somebody asks. */
export function ChainCheck() {
  const { organization } = useSession()
  const params = { organizationId: organization.id }
  const asked = useQuery({
    ...read("GET /organizations/{organizationId}/audit/verification", { params }),
    enabled: false,
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        size="sm"
        busy={asked.isFetching ? "Checking" : undefined}
        onClick={() => void asked.refetch()}
      >
        Check the records
      </Button>
      <div role="status" aria-label="Records" className="min-w-0 flex-1 empty:hidden">
        {asked.error ? (
          <Note tone="warn" title="They could not be checked.">
            {problemOf(asked.error).detail}
          </Note>
        ) : asked.data && !asked.isFetching ? (
          <Outcome seen={asked.data} />
        ) : null}
      </div>
    </div>
  )
}

function Outcome({ seen }: { seen: AuditVerification }) {
  const { broken, records, erased } = seen
  if (broken)
    return (
      <Note tone="warn" title={`Record ${broken.number} is not as it was written.`}>
        {broken.why}
      </Note>
    )
  return (
    <span className="text-13 text-fg-2">
      {count(records, "record")}, all there and as they were written
      {erased > 0 ? `; of ${erased} the words about a person were erased` : ""}.
    </span>
  )
}
