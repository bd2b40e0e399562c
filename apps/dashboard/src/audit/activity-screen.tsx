"use client"
import { useInfiniteQuery } from "@tanstack/react-query"
import type { AuditRecord } from "@vibecaas/contract/audit"
import { Activity, ShieldX } from "lucide-react"
import { useState } from "react"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { CopyId } from "../ui/copy-id.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { inputLook } from "../ui/field.tsx"
import { count } from "../ui/format.ts"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { actionWords } from "./action-words.ts"

/** Who did what in the organization, newest first. */
export function ActivityScreen() {
  const { organization, can } = useSession()
  const [text, setText] = useState("")
  const action = useSettled(text.trim())
  const records = useAudit(action, can("audit:read"))
  return (
    <Page>
      <PageHead title="Activity">
        Who did what, when and from where. Records are only ever added.
      </PageHead>
      {can("audit:read") ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <input
            type="search"
            aria-label="Filter by action"
            placeholder="Filter by action, for example project.create"
            value={text}
            maxLength={60}
            onChange={(event) => setText(event.target.value)}
            className={cn(inputLook, "w-85 max-md:w-full")}
          />
          <Records records={records} filtered={action !== ""} />
        </div>
      ) : (
        <Panel label="Activity">
          <EmptyState icon={ShieldX} title="Only admins and owners see this">
            Ask an owner of {organization.name}.
          </EmptyState>
        </Panel>
      )}
    </Page>
  )
}

function useAudit(action: string, enabled: boolean) {
  const { organization } = useSession()
  return useInfiniteQuery({
    queryKey: keys.audit(organization.id, action),
    queryFn: ({ signal, pageParam }) =>
      call(
        "GET /organizations/{organizationId}/audit",
        {
          params: { organizationId: organization.id },
          query: { limit: 50, ...(action ? { action } : {}), ...pageParam },
        },
        { signal },
      ),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => (nextCursor ? { cursor: nextCursor } : undefined),
    enabled,
  })
}

interface RecordsProps {
  records: ReturnType<typeof useAudit>
  filtered: boolean
}

function Records({ records, filtered }: RecordsProps) {
  if (records.error && !records.data) {
    return (
      <Panel label="Records">
        <ErrorPanel
          title="The activity could not be loaded"
          error={records.error}
          onRetry={() => records.refetch()}
        />
      </Panel>
    )
  }
  if (!records.data) return <ActivitySkeleton />
  const items = records.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <Panel label="Records">
        <EmptyState icon={Activity} title={filtered ? "No such action" : "Nothing happened yet"}>
          {filtered
            ? "Write the whole name of an action, for example project.create."
            : "Everything that people and agents change is recorded here."}
        </EmptyState>
      </Panel>
    )
  }
  return (
    <Panel
      label="Records"
      footer={
        <div className="flex items-center justify-between gap-2">
          <span>
            {count(items.length, "record")}
            {records.hasNextPage ? " shown" : ""}
          </span>
          {records.hasNextPage ? (
            <Button
              size="sm"
              busy={records.isFetchingNextPage ? "Loading records" : undefined}
              onClick={() => records.fetchNextPage()}
            >
              Load more
            </Button>
          ) : null}
        </div>
      }
    >
      <Table aria-label="Activity">
        <TableHead>
          <HeadCell className="w-[24%]">Action</HeadCell>
          <HeadCell className="w-[22%]">Who</HeadCell>
          <HeadCell>About</HeadCell>
          <HeadCell className="w-44">From</HeadCell>
          <HeadCell className="w-28 text-right">When</HeadCell>
        </TableHead>
        <TableBody>
          {items.map((record) => (
            <RecordRow key={record.id} record={record} />
          ))}
        </TableBody>
      </Table>
    </Panel>
  )
}

function RecordRow({ record }: { record: AuditRecord }) {
  const { action, actor, subject, ip, requestId, at, details } = record
  const name = typeof details.name === "string" ? details.name : undefined
  return (
    <Row>
      <Cell>
        <span className="block truncate font-medium">{actionWords(action)}</span>
        <span className="mono block truncate text-12 text-fg-3">{action}</span>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <span className="block truncate">{actor.name}</span>
      </Cell>
      <Cell>
        {name ? <span className="block truncate text-fg-2">{name}</span> : null}
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

function ActivitySkeleton() {
  return (
    <div className="overflow-clip rounded-3 border border-line">
      <Loading what="activity" />
      <div className="h-[31px] border-b border-line bg-sunken max-md:hidden" />
      {["w-32", "w-24", "w-36", "w-28"].map((width) => (
        <div
          key={width}
          className="flex h-[45px] items-center justify-between border-b border-line px-4 last:border-b-0"
        >
          <Skeleton className={width} />
          <Skeleton className="w-20 max-md:hidden" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  )
}
