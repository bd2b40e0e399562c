"use client"
import { type Role, roles } from "@vibecaas/contract/roles"
import { Check } from "lucide-react"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { capitalized } from "../ui/words.ts"
import { useRoles } from "./queries.ts"
import { roleWords } from "./role-words.ts"

/** What roles may do: in a line each, and permission by permission. */
export function RolesPanel() {
  const [all, setAll] = useState(false)
  return (
    <Panel
      title="What roles may do"
      end={
        <Button size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show less" : "Show all permissions"}
        </Button>
      }
    >
      {all ? <Permissions /> : <InWords />}
    </Panel>
  )
}

function InWords() {
  return (
    <dl className="text-13">
      {roles.map((role) => (
        <div
          key={role}
          className="grid grid-cols-[92px_minmax(0,1fr)] gap-4 border-b border-line px-4 py-[7px] last:border-b-0"
        >
          <dt className="text-fg-3">{capitalized(role)}</dt>
          <dd>{roleWords[role]}</dd>
        </div>
      ))}
    </dl>
  )
}

function Permissions() {
  const matrix = useRoles()
  return (
    <ReadBody
      of={matrix}
      failed="Permissions could not be loaded"
      skeleton={<SkeletonRows what="permissions" widths={["w-40"]} className="h-11" />}
    >
      {({ items }) => (
        <Table aria-label="Permissions of roles">
          <TableHead>
            <HeadCell>Permission</HeadCell>
            {roles.map((role) => (
              <HeadCell key={role} className="w-24">
                {capitalized(role)}
              </HeadCell>
            ))}
          </TableHead>
          <TableBody>
            {items.map((item) => (
              <PermissionRow key={item.permission} {...item} />
            ))}
          </TableBody>
        </Table>
      )}
    </ReadBody>
  )
}

interface PermissionRowProps {
  permission: string
  calls: readonly string[]
  roles: readonly Role[]
}

function PermissionRow({ permission, calls, roles: having }: PermissionRowProps) {
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="mono block text-12">{permission}</span>
        {calls[0] ? (
          <span className="block truncate text-12 text-fg-3" title={calls.join("\n")}>
            {calls[0]}
            {calls.length > 1 ? `, and ${calls.length - 1} more` : ""}
          </span>
        ) : null}
      </Cell>
      {roles.map((role) => (
        <Cell key={role} className="max-md:text-12">
          <span className="md:hidden">{capitalized(role)}: </span>
          {having.includes(role) ? (
            <>
              <Check aria-hidden="true" className="inline size-4 text-fg-2" strokeWidth={1.75} />
              <span className="sr-only">yes</span>
            </>
          ) : (
            <span className="text-fg-3">no</span>
          )}
        </Cell>
      ))}
    </Row>
  )
}
