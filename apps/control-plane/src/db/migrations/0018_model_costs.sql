ALTER TABLE "run_steps" ADD COLUMN "cost" bigint;--> statement-breakpoint
ALTER TABLE "run_tasks" ADD COLUMN "cost" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_tasks" ADD COLUMN "unpriced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_tasks" ADD COLUMN "provider_wait" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cached_input_tokens" bigint DEFAULT 0 NOT NULL;