ALTER TABLE "apps" ADD COLUMN "commit_proved" text;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "commit_refused" text;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "phase" text DEFAULT 'settled' NOT NULL;--> statement-breakpoint
ALTER TABLE "apps" ADD COLUMN "snapshot" text;--> statement-breakpoint
-- The tables' owner sees every row while these are written.
alter table apps no force row level security;
--> statement-breakpoint
update apps set commit_proved = commit where state = 'running';
--> statement-breakpoint
alter table apps force row level security;
