// Which calculations of somebody belong together.

const entriesMax = 12

/**
 * The list after a field was changed. Changes of other fields go on with the newest calculation; a
 * second change of the same one begins another. @param changed names that the newest one changed
 */
export function refine({ entries, changed, name, values }) {
  const isSame = (each) => JSON.stringify(each) === JSON.stringify(values)
  const goesOn = changed.size > 0 && !changed.has(name)
  const before = goesOn ? entries.slice(1) : entries
  return {
    entries: [values, ...before.filter((each) => !isSame(each))].slice(0, entriesMax),
    changed: new Set(goesOn ? [...changed, name] : [name]),
  }
}
