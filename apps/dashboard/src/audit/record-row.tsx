"use client"
import type { AuditRecord } from "@vibecaas/contract/kinds/audit"
import { Activity } from "lucide-react"
import Link from "next/link"
import { actionIcons } from "../kinds.ts"
import { useSession } from "../shell/session.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Cell, Row } from "../ui/table.tsx"
import { actionWords } from "./action-words.ts"
import { placeOfSubject } from "./place-of-subject.ts"

interface RecordRowProps {
  record: AuditRecord
  onlyBy(actor: { id: string; name: string }): void
}

/** One record: what, who, about which object, from where and when. */
export function RecordRow({ record, onlyBy }: RecordRowProps) {
  const { action, subject, ip, requestId, at } = record
  const Icon = actionIcons[action.split(".")[0] ?? ""] ?? Activity
  return (
    <Row>
      <Cell>
        <span className="flex items-center gap-2 font-medium">
          <Icon aria-hidden="true" className="size-3.5 flex-none text-fg-3" strokeWidth={1.75} />
          <span className="truncate">{actionWords(action)}</span>
        </span>
        <span className="mono block truncate text-12 text-fg-3">{action}</span>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <Who record={record} onlyBy={onlyBy} />
      </Cell>
      <Cell>
        <About record={record} />
        <CopyId id={subject} noun="id" />
      </Cell>
      <Cell className="max-md:hidden">
        <span className="block truncate text-fg-2">{ip ?? "–"}</span>
        {requestId ? <CopyId id={requestId} noun="request id" /> : null}
      </Cell>
      <Cell className="text-right text-fg-2 max-md:col-start-2 max-md:justify-self-end max-md:row-start-2 max-md:text-12">
        <RelativeTime at={at} />
      </Cell>
    </Row>
  )
}

function Who({ record: { actor }, onlyBy }: RecordRowProps) {
  const { id, name } = actor
  if (id === null) return <span className="block truncate">{name}</span>
  return (
    <button
      type="button"
      className="link block max-w-full truncate text-fg no-underline hover:underline"
      title={`Show what ${name} did`}
      onClick={() => onlyBy({ id, name })}
    >
      {name}
    </button>
  )
}

function About({ record }: Pick<RecordRowProps, "record">) {
  const { paths } = useSession()
  const { details, erased } = record
  const about = [details.about, details.name, details.route].find(
    (name) => typeof name === "string",
  )
  const words = erased ? "erased" : about
  const place = placeOfSubject(paths, record)
  if (place)
    return (
      <Link href={place} className="link block truncate">
        {typeof words === "string" ? words : "Open"}
      </Link>
    )
  return typeof words === "string" ? (
    <span className="block truncate text-fg-2">{words}</span>
  ) : null
}
