/** What the layout needs to know of a task. */
export interface GraphTask {
  id: string
  dependsOn: readonly string[]
}

export interface PlacedTask {
  id: string
  column: number
  /** from the top in rows; a column with fewer tasks is centred, so halves occur */
  row: number
}

export interface GraphLayout {
  columns: number
  rows: number
  places: readonly PlacedTask[]
  /** dependencies without those that follow from others */
  edges: readonly { from: string; to: string }[]
}

/**
 * Places tasks in columns: each one column after the last of those it waits for. Within a column
 * tasks stand near what they wait for, so that few lines cross.
 */
export function layoutGraph(tasks: readonly GraphTask[]): GraphLayout {
  const known = new Map(tasks.map((task) => [task.id, task]))
  const columnOf = columnsOf(known)
  const columns = Math.max(0, ...tasks.map(({ id }) => (columnOf.get(id) ?? 0) + 1))
  const byColumn = Array.from({ length: columns }, (_, column) =>
    tasks.filter(({ id }) => columnOf.get(id) === column),
  )
  const rows = Math.max(0, ...byColumn.map(({ length }) => length))
  return { columns, rows, places: placesOf(byColumn, rows), edges: edgesOf(known) }
}

function columnsOf(known: ReadonlyMap<string, GraphTask>): Map<string, number> {
  const columns = new Map<string, number>()
  const visit = (task: GraphTask, path: ReadonlySet<string>): number => {
    const found = columns.get(task.id)
    if (found !== undefined) return found
    const before = parentsOf(known, task).filter(({ id }) => !path.has(id))
    const inside = new Set(path).add(task.id)
    const column = Math.max(-1, ...before.map((parent) => visit(parent, inside))) + 1
    columns.set(task.id, column)
    return column
  }
  for (const task of known.values()) visit(task, new Set([task.id]))
  return columns
}

function parentsOf(known: ReadonlyMap<string, GraphTask>, task: GraphTask): GraphTask[] {
  return task.dependsOn.flatMap((id) => known.get(id) ?? [])
}

function placesOf(byColumn: readonly GraphTask[][], rows: number): PlacedTask[] {
  const rowOf = new Map<string, number>()
  return byColumn.flatMap((tasks, column) => {
    const wished = tasks.map((task) => ({ task, wish: wishOf(task, rowOf) }))
    wished.sort((a, b) => a.wish - b.wish)
    const top = (rows - tasks.length) / 2
    return wished.map(({ task }, at) => {
      rowOf.set(task.id, top + at)
      return { id: task.id, column, row: top + at }
    })
  })
}

function wishOf(task: GraphTask, rowOf: ReadonlyMap<string, number>): number {
  const rows = task.dependsOn.flatMap((id) => rowOf.get(id) ?? [])
  return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length
}

function edgesOf(known: ReadonlyMap<string, GraphTask>): GraphLayout["edges"] {
  return [...known.values()].flatMap((task) =>
    parentsOf(known, task)
      .filter((parent) => !followsFromOthers(known, task, parent))
      .map((parent) => ({ from: parent.id, to: task.id })),
  )
}

/** Whether `task` waits for `parent` already because another of its dependencies does. */
function followsFromOthers(
  known: ReadonlyMap<string, GraphTask>,
  task: GraphTask,
  parent: GraphTask,
): boolean {
  const others = parentsOf(known, task).filter(({ id }) => id !== parent.id)
  const seen = new Set([task.id])
  while (others.length > 0) {
    const other = others.pop()
    if (!other || seen.has(other.id)) continue
    seen.add(other.id)
    if (other.dependsOn.includes(parent.id)) return true
    others.push(...parentsOf(known, other))
  }
  return false
}
