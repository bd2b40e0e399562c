/** What is wrong with a formula or with what it is given. `at` and `to` are places in its text. */
export class Problem extends Error {
  constructor(code, { what = "", at, to } = {}) {
    super(code)
    Object.assign(this, { code, what, at, to })
  }
}
