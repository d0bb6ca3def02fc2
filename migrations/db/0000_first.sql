CREATE TABLE `ledger` (
	`service_id` integer NOT NULL,
	`shard` integer NOT NULL,
	`first_seq` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`received_ms` integer NOT NULL,
	`applied_ms` integer NOT NULL,
	PRIMARY KEY(`service_id`, `shard`, `first_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `records` (
	`service_id` integer NOT NULL,
	`ts_ms` integer NOT NULL,
	`shard` integer NOT NULL,
	`seq` integer NOT NULL,
	`kind` integer NOT NULL,
	`level` integer,
	`status` integer,
	`method` text,
	`path` text,
	`bytes` integer,
	`ip` text,
	`protocol` text,
	`ua_id` integer,
	`country` text,
	`duration_ms` real,
	`path_template` text,
	`referrer` text,
	`message` text,
	`attrs` text,
	`raw` text,
	`host` text,
	`app` text,
	`user` text,
	`trace_id` text,
	`event` text,
	`sub_ns` integer,
	`rest` text,
	PRIMARY KEY(`service_id`, `ts_ms`, `shard`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `services` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`first_seen_ms` integer NOT NULL,
	`last_seen_ms` integer NOT NULL,
	`records` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `services_name_unique` ON `services` (`name`);--> statement-breakpoint
CREATE TABLE `summaries` (
	`service_id` integer NOT NULL,
	`step_ms` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`shard` integer NOT NULL,
	`first_seq` integer NOT NULL,
	`summary` text NOT NULL,
	PRIMARY KEY(`service_id`, `step_ms`, `start_ms`, `shard`, `first_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `user_agents` (
	`id` integer PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`browser` text,
	`os` text,
	`device` text,
	`bot` text
);
