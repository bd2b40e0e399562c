-- Runs that exist have the budget that all runs had.
ALTER TABLE "runs" ADD COLUMN "tokens_max" bigint DEFAULT 3000000 NOT NULL;
--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "tokens_max" DROP DEFAULT;
