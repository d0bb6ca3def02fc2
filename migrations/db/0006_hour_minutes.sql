CREATE TABLE `hour_minutes` (
	`service_id` integer NOT NULL,
	`start_ms` integer NOT NULL,
	`counts` text NOT NULL,
	`levels` text NOT NULL,
	`statuses` text NOT NULL,
	`bytes` text NOT NULL,
	`durations` text NOT NULL,
	`uniques` text NOT NULL,
	PRIMARY KEY(`service_id`, `start_ms`)
) WITHOUT ROWID;
--> statement-breakpoint
DROP TRIGGER `rollups_end_with_new_parts`;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_new_parts` AFTER INSERT ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 600000 AND `start_ms` > new.`start_ms` - 600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 3600000 AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 86400000 AND `start_ms` > new.`start_ms` - 86400000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `hour_minutes` WHERE `service_id` = new.`service_id` AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
END;
--> statement-breakpoint
DROP TRIGGER `rollups_end_with_changed_parts`;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_changed_parts` AFTER UPDATE ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 600000 AND `start_ms` > new.`start_ms` - 600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 3600000 AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = new.`service_id` AND `step_ms` = 86400000 AND `start_ms` > new.`start_ms` - 86400000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
	DELETE FROM `hour_minutes` WHERE `service_id` = new.`service_id` AND `start_ms` > new.`start_ms` - 3600000 AND `start_ms` < new.`start_ms` + new.`step_ms`;
END;
--> statement-breakpoint
DROP TRIGGER `rollups_end_with_removed_parts`;
--> statement-breakpoint
CREATE TRIGGER `rollups_end_with_removed_parts` AFTER DELETE ON `summaries` BEGIN
	DELETE FROM `rollups` WHERE `service_id` = old.`service_id` AND `step_ms` = 600000 AND `start_ms` > old.`start_ms` - 600000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = old.`service_id` AND `step_ms` = 3600000 AND `start_ms` > old.`start_ms` - 3600000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
	DELETE FROM `rollups` WHERE `service_id` = old.`service_id` AND `step_ms` = 86400000 AND `start_ms` > old.`start_ms` - 86400000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
	DELETE FROM `hour_minutes` WHERE `service_id` = old.`service_id` AND `start_ms` > old.`start_ms` - 3600000 AND `start_ms` < old.`start_ms` + old.`step_ms`;
END;
