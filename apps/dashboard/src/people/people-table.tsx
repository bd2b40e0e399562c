"use client"
import { useMutation } from "@tanstack/react-query"
import type { ProjectAccess } from "@vibecaas/contract/kinds/people"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useToast } from "../ui/toast.tsx"
import { changeLevel, endAccess } from "./queries.ts"
import { levelOptions } from "./role-words.ts"

type Person = ProjectAccess["people"][number]

interface PeopleTableProps {
  project: Project
  people: readonly Person[]
}

/** People with whom a project is shared. */
export function PeopleTable({ project, people }: PeopleTableProps) {
  return (
    <div className="border-t border-line">
      <Table aria-label="Shared with">
        <TableHead>
          <HeadCell>Person</HeadCell>
          <HeadCell className="w-44">Can</HeadCell>
          <HeadCell className="w-28">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <PersonRow key={person.userId} project={project} person={person} />
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

function PersonRow({ project, person }: { project: Project; person: Person }) {
  const say = useToast()
  const change = useMutation(changeLevel)
  const end = useMutation(endAccess)
  const params = { projectId: project.id, userId: person.userId }
  const onError = (error: unknown) =>
    say({ glyph: "bad", title: "Access was not changed", detail: problemOf(error).detail })
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block truncate font-medium" title={person.name}>
          {person.name}
          {person.guest ? <span className="font-normal text-fg-3"> (guest)</span> : null}
        </span>
        <span className="block truncate text-12 text-fg-3" title={person.email}>
          {person.email}
        </span>
      </Cell>
      <Cell>
        <Select<AccessLevel>
          label={`What ${person.name} can do`}
          value={change.isPending ? change.variables.body.level : person.level}
          options={levelOptions}
          onChange={(level) => change.mutate({ params, body: { level } }, { onError })}
        />
      </Cell>
      <Cell className="text-right">
        <Button
          size="sm"
          aria-label={`End access of ${person.name}`}
          busy={end.isPending ? "Ending" : undefined}
          onClick={() => end.mutate({ params }, { onError })}
        >
          Remove
        </Button>
      </Cell>
    </Row>
  )
}
