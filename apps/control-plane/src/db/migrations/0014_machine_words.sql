-- Machines are called so in limits, meters and the audit too. What was recorded stays what it was;
-- only the word for it is another.
alter table quota_reservations no force row level security;
alter table usage_events no force row level security;
alter table audit_records no force row level security;
alter table usage_events disable trigger append_only;
alter table audit_records disable trigger append_only;
--> statement-breakpoint
update quota_reservations set resource = case resource when 'microvms' then 'machines' else 'machine_memory_mib' end
  where resource in ('microvms', 'microvm_memory_mib');
update usage_events set meter = 'machine.seconds' where meter = 'microvm.seconds';
update audit_records set action = 'machine' || substr(action, length('microvm.')) where action like 'microvm.%';
--> statement-breakpoint
alter table usage_events enable trigger append_only;
alter table audit_records enable trigger append_only;
alter table quota_reservations force row level security;
alter table usage_events force row level security;
alter table audit_records force row level security;
