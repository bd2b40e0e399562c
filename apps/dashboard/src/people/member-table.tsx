"use client"
import { useMutation } from "@tanstack/react-query"
import type { Member } from "@vibecaas/contract/member"
import type { Role } from "@vibecaas/contract/roles"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useToast } from "../ui/toast.tsx"
import { changeRole } from "./queries.ts"
import { roleOptions } from "./role-words.ts"

interface MemberTableProps {
  members: readonly Member[]
  onRemove(member: Member): void
}

/** Members with their roles; what cannot be changed says why. */
export function MemberTable({ members, onRemove }: MemberTableProps) {
  const owners = members.filter(({ role }) => role === "owner").length
  const shown = members.some(({ secondStep }) => secondStep !== null)
  return (
    <Table aria-label="Members">
      <TableHead>
        <HeadCell>Person</HeadCell>
        <HeadCell className="w-[18%]">Joined</HeadCell>
        {shown ? <HeadCell className="w-28">Second step</HeadCell> : null}
        <HeadCell className="w-44">Role</HeadCell>
        <HeadCell className="w-32">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            last={member.role === "owner" && owners === 1}
            onRemove={() => onRemove(member)}
          />
        ))}
      </TableBody>
    </Table>
  )
}

interface MemberRowProps {
  member: Member
  /** the only owner there is */
  last: boolean
  onRemove(): void
}

function MemberRow({ member, last, onRemove }: MemberRowProps) {
  const { me } = useSession()
  const own = me.id === member.userId
  const off = useOff(member, last)
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block truncate font-medium" title={member.name}>
          {member.name}
          {own ? <span className="font-normal text-fg-3"> (you)</span> : null}
        </span>
        <span className="block truncate text-12 text-fg-3" title={member.email}>
          {member.email}
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        <span className="md:hidden">Joined </span>
        <RelativeTime at={member.joinedAt} />
      </Cell>
      {member.secondStep === null ? null : (
        <Cell className="text-fg-2 max-md:text-12">
          <span className="md:hidden">Second step </span>
          {member.secondStep ? "On" : "Off"}
        </Cell>
      )}
      <Cell className="max-md:col-span-2">
        <RoleChoice member={member} off={off} />
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:text-left">
        <Button
          size="sm"
          aria-label={`Remove ${member.name}`}
          off={own ? "Leave the organization in Settings." : off}
          onClick={onRemove}
        >
          Remove
        </Button>
      </Cell>
    </Row>
  )
}

function useOff({ role }: Member, last: boolean): string | undefined {
  const { organization, offUnless } = useSession()
  const off = offUnless("member:manage", "change members")
  if (off) return off
  if (role === "owner" && organization.role !== "owner") return "Only owners change owners."
  return last ? "An organization needs an owner. Make somebody else one first." : undefined
}

function RoleChoice({ member, off }: { member: Member; off: string | undefined }) {
  const { organization } = useSession()
  const say = useToast()
  const change = useMutation(changeRole)
  const options = roleOptions.filter(
    ({ value }) => value !== "owner" || organization.role === "owner" || member.role === "owner",
  )
  return (
    <Select<Role>
      label={`Role of ${member.name}`}
      value={change.isPending ? change.variables.body.role : member.role}
      options={options}
      {...(off ? { off } : {})}
      onChange={(role) =>
        change.mutate(
          {
            params: { organizationId: organization.id, userId: member.userId },
            body: { role },
          },
          {
            onError: (error) =>
              say({
                glyph: "bad",
                title: "The role was not changed",
                detail: problemOf(error).detail,
              }),
          },
        )
      }
    />
  )
}
