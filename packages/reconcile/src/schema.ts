/**
 * The tables of this package, created in the first schema of the `search_path`; safe to run again.
 *
 * Writers need no privilege to wake a loop, and only EXECUTE to compare a fence; the role of the
 * loops needs to read and write the tables and to use the sequence.
 */
export const reconcileSchema = `
create sequence if not exists reconcile_fence;

-- One row a key. It is due iff next_at has passed, and leased iff expires_at has not.
create table if not exists reconcile_leases (
  loop text not null,
  key text not null,
  -- Never the same twice, else two that insert one key at once meet in the constraint below, which
  -- is not the one that ON CONFLICT names.
  fence bigint not null default nextval('reconcile_fence'),
  holder text,
  instance text,
  expires_at timestamptz,
  next_at timestamptz,
  reason text not null check (reason in ('wake', 'sweep', 'again', 'retry')),
  failures integer not null default 0,
  wake_xid xid8,
  seen pg_snapshot,
  touched_at timestamptz not null default now(),
  primary key (loop, key),
  -- Makes a change of fence, and only that, wait for the FOR KEY SHARE of a fenced writer.
  constraint reconcile_leases_fence unique (loop, key, fence)
);
create index if not exists reconcile_leases_next on reconcile_leases (loop, next_at)
  where next_at is not null;
create index if not exists reconcile_leases_held on reconcile_leases (expires_at)
  where holder is not null;

create table if not exists reconcile_sweeps (
  loop text primary key,
  swept_at timestamptz not null
);

-- Work under way: the one turn after another that answer "working" and what they reached.
-- Failing: since when, with the last fault in words, and the limit that was exceeded.
alter table reconcile_leases
  drop column if exists offered_at,
  add column if not exists work_since timestamptz,
  add column if not exists mark text,
  add column if not exists mark_since timestamptz,
  add column if not exists failing_since timestamptz,
  add column if not exists fault text,
  add column if not exists cause text,
  add column if not exists gave_up boolean not null default false,
  add column if not exists losses integer not null default 0;

drop index if exists reconcile_leases_due;

-- Places in queues of work, which nothing ever used.
drop table if exists reconcile_slots;
drop function if exists reconcile_slot_freed;

-- True while the turn that was given this fence still holds its lease. The row stays locked until
-- the writer's transaction ends, so the lease cannot pass to another between check and commit.
-- Its body is bound to the table when it is created: no search_path can redirect it.
create or replace function reconcile_fence_current(text, text, bigint) returns boolean
language sql volatile security definer
begin atomic
  select coalesce(
    (select true from reconcile_leases
     where loop = $1 and key = $2 and fence = $3 and holder is not null
     for key share),
    false);
end;
`
