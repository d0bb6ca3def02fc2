CREATE TABLE `seals` (
	`service_id` integer NOT NULL,
	`shard` integer NOT NULL,
	`last_seq` integer NOT NULL,
	PRIMARY KEY(`service_id`, `shard`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `segment_log` (
	`service_id` integer NOT NULL,
	`number` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`action` text NOT NULL,
	`key` text NOT NULL,
	`hash` text NOT NULL,
	`records` integer NOT NULL,
	`reason` text NOT NULL,
	`link` text NOT NULL,
	PRIMARY KEY(`service_id`, `number`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `segments` (
	`service_id` integer NOT NULL,
	`min_ms` integer NOT NULL,
	`shard` integer NOT NULL,
	`first_seq` integer NOT NULL,
	`max_ms` integer NOT NULL,
	`cold_ms` integer NOT NULL,
	`records` integer NOT NULL,
	`bytes` integer NOT NULL,
	`received_from_ms` integer NOT NULL,
	`received_to_ms` integer NOT NULL,
	`levels` integer NOT NULL,
	`statuses` integer NOT NULL,
	`hot_until_ms` integer,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`hash` text NOT NULL,
	`seqs` text NOT NULL,
	`tokens` text,
	PRIMARY KEY(`service_id`, `min_ms`, `shard`, `first_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `ledger` ADD `min_ms` integer;--> statement-breakpoint
ALTER TABLE `ledger` ADD `max_ms` integer;--> statement-breakpoint
ALTER TABLE `ledger` ADD `spilled` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `services` ADD `hot_day` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `services` ADD `hot_rows` integer DEFAULT 0 NOT NULL;