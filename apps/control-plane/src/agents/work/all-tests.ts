/** The whole of a project's tests, whatever a plan would rather run. */
export const allTests: readonly string[] = ["node", "--test"]
