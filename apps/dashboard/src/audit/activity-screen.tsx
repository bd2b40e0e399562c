"use client"
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import type { AuditRecord } from "@vibecaas/contract/kinds/audit"
import { Activity, SearchX, ShieldX } from "lucide-react"
import { useState } from "react"
import { readPages } from "../api/read.ts"
import { actionIcons, actionNames } from "../kinds.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { actionWords } from "./action-words.ts"

/** Who did what in the organization, newest first. */
export function ActivityScreen() {
  const { organization, can } = useSession()
  const [action, setAction] = useState("")
  const records = useAudit(action, can("audit:read"))
  return (
    <Page>
      <PageHead title="Activity">
        Who did what, when and from where. Records are only ever added.
      </PageHead>
      {can("audit:read") ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <Select
            label="Action"
            className="w-65 max-md:w-full"
            value={action || everything.value}
            options={actions}
            onChange={(chosen) => setAction(chosen === everything.value ? "" : chosen)}
          />
          <Records records={records} filtered={action !== ""} onClear={() => setAction("")} />
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

const everything = { value: "everything", label: "All actions" }
const actions = [
  everything,
  ...Object.entries(actionNames)
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label)),
]

function useAudit(action: string, enabled: boolean) {
  const { organization } = useSession()
  const request = {
    params: { organizationId: organization.id },
    query: { limit: 50, ...(action ? { action } : {}) },
  }
  return useInfiniteQuery({
    ...readPages("GET /organizations/{organizationId}/audit", request),
    placeholderData: keepPreviousData,
    enabled,
  })
}

interface RecordsProps {
  records: ReturnType<typeof useAudit>
  filtered: boolean
  onClear(): void
}

function Records({ records, filtered, onClear }: RecordsProps) {
  return (
    <ListPanel
      label="Records"
      list={records}
      noun="record"
      failed="The activity could not be loaded"
      skeleton={
        <SkeletonRows
          what="activity"
          widths={["w-32", "w-24", "w-36", "w-28"]}
          className="h-[53px]"
        />
      }
      empty={
        filtered ? (
          <EmptyState
            icon={SearchX}
            title="No such action"
            action={<Button onClick={onClear}>Show all records</Button>}
          >
            Nobody did this here so far.
          </EmptyState>
        ) : (
          <EmptyState icon={Activity} title="Nothing happened yet">
            Everything that people and agents change is recorded here.
          </EmptyState>
        )
      }
    >
      {(items) => (
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
      )}
    </ListPanel>
  )
}

function RecordRow({ record }: { record: AuditRecord }) {
  const { action, actor, subject, ip, requestId, at, details } = record
  const Icon = actionIcons[action.split(".")[0] ?? ""] ?? Activity
  const about = [details.about, details.name].find((name) => typeof name === "string")
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
        <span className="block truncate">{actor.name}</span>
      </Cell>
      <Cell>
        {about ? <span className="block truncate text-fg-2">{about}</span> : null}
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
