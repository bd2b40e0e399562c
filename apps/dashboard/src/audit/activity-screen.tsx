"use client"
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query"
import { Activity, SearchX, ShieldX } from "lucide-react"
import { useState } from "react"
import { readPages } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { HeadCell, Table, TableBody, TableHead } from "../ui/table.tsx"
import { ChainActions, ChainCheck } from "./chain-panel.tsx"
import { FilterBar } from "./filter-bar.tsx"
import { everything, queryOf, type RecordFilter } from "./record-filter.ts"
import { RecordRow } from "./record-row.tsx"

/** Who did what in the organization, newest first. */
export function ActivityScreen() {
  const { organization, can } = useSession()
  const [filter, setFilter] = useState(everything)
  const query = queryOf(filter)
  const records = useAudit(query, can("audit:read"))
  const narrow = (change: Partial<RecordFilter>) => setFilter((now) => ({ ...now, ...change }))
  return (
    <Page>
      <PageHead
        title="Activity"
        actions={
          can("audit:read") ? <ChainActions query={query as Record<string, string>} /> : null
        }
      >
        Who did what, when and from where. Records are only ever added.
      </PageHead>
      {can("audit:read") ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <FilterBar filter={filter} onChange={narrow} />
          <Records
            records={records}
            filtered={Object.keys(query).length > 0}
            onClear={() => setFilter(everything)}
            onlyBy={(actor) => narrow({ actor })}
          />
          <ChainCheck />
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

function useAudit(query: ReturnType<typeof queryOf>, enabled: boolean) {
  const { organization } = useSession()
  const request = {
    params: { organizationId: organization.id },
    query: { limit: 50, ...query },
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
  onlyBy(actor: { id: string; name: string }): void
}

function Records({ records, filtered, onClear, onlyBy }: RecordsProps) {
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
            title="No such record"
            action={<Button onClick={onClear}>Show all records</Button>}
          >
            Nothing like this happened here so far.
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
              <RecordRow key={record.id} record={record} onlyBy={onlyBy} />
            ))}
          </TableBody>
        </Table>
      )}
    </ListPanel>
  )
}
