/** Who gets invoices. */
export function openCustomers(db) {
  const values = ({ name, email, address, tax_id }) => [name, email, address, tax_id]
  return {
    all: () =>
      db
        .prepare(
          `SELECT customers.*, count(invoices.id) AS invoices FROM customers
           LEFT JOIN invoices ON invoices.customer = customers.id
           GROUP BY customers.id ORDER BY name COLLATE NOCASE`,
        )
        .all(),
    find: (id) => db.prepare("SELECT * FROM customers WHERE id = ?").get(id),
    add: (customer) =>
      db
        .prepare("INSERT INTO customers (name, email, address, tax_id) VALUES (?, ?, ?, ?)")
        .run(...values(customer)).lastInsertRowid,
    change: (id, customer) =>
      db
        .prepare("UPDATE customers SET name = ?, email = ?, address = ?, tax_id = ? WHERE id = ?")
        .run(...values(customer), id),
    /** @returns whether it was removed; who has invoices stays */
    remove: (id) =>
      db
        .prepare(
          `DELETE FROM customers WHERE id = ?
           AND NOT EXISTS (SELECT 1 FROM invoices WHERE customer = customers.id)`,
        )
        .run(id).changes > 0,
  }
}
