const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")

/**
 * What both scripts are written with: each record is looked up before it is made, so that a
 * script that broke off is simply run again.
 */
function open(container) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const find = async (entity, filters, fields = ["id"]) =>
    (await query.graph({ entity, fields, filters })).data[0]
  const take = async (workflow, input) => (await workflow(container).run({ input })).result
  return {
    find,
    take,
    all: async (entity, filters, fields) => (await query.graph({ entity, fields, filters })).data,
    /** The record, made by `make` when it is not there yet. */
    ensure: async (entity, filters, make) =>
      (await find(entity, filters)) ?? [await make()].flat()[0],
    link: container.resolve(ContainerRegistrationKeys.LINK),
    auth: container.resolve(Modules.AUTH),
    fulfillment: container.resolve(Modules.FULFILLMENT),
  }
}

function need(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

/** An amount in units; where a currency has no cents, a hundred times as much. */
function amountIn(currency, amount) {
  const style = { style: "currency", currency }
  const { maximumFractionDigits } = new Intl.NumberFormat("en", style).resolvedOptions()
  return maximumFractionDigits === 0 ? Math.round(amount * 100) : amount
}

/** The one line of a hook's output that the platform reads. */
function answer(result) {
  process.stdout.write(`\nSTORE_RESULT ${JSON.stringify(result)}\n`)
}

module.exports = { open, need, amountIn, answer, Modules }
