CREATE TABLE `event_seals` (
	`seq` integer PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`sealed_at` integer NOT NULL,
	`hash` text NOT NULL,
	`key_version` text NOT NULL,
	`mac` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_seals_event` ON `event_seals` (`event_id`);--> statement-breakpoint
DROP INDEX `events_type`;--> statement-breakpoint
DROP INDEX `events_subject`;--> statement-breakpoint
DROP INDEX `events_actor`;--> statement-breakpoint
ALTER TABLE `events` ADD `sealed_at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `area` text GENERATED ALWAYS AS (substr(type, 1, instr(type, '.') - 1)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `events_area` ON `events` (`area`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_unplanned_subject` ON `events` (`subject_id`) WHERE "events"."planned_at" is null;--> statement-breakpoint
CREATE INDEX `events_unsealed` ON `events` (`created_at`,`id`) WHERE "events"."sealed_at" is null;--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_actor` ON `events` (`actor_id`,`created_at`,`id`);--> statement-breakpoint
ALTER TABLE `users` ADD `notifications_seen_at` integer;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `cancelled_at` integer;--> statement-breakpoint
CREATE INDEX `deliveries_recipient` ON `deliveries` (`recipient_key`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_recipient_waiting` ON `deliveries` (`recipient_key`,`event_id`) WHERE "deliveries"."state" in ('pending', 'sending');--> statement-breakpoint
-- By hand: what is sealed is not changed any more (but for the time of its planning) and not deleted.
CREATE TRIGGER `events_sealed_stay` BEFORE UPDATE ON `events` WHEN old.sealed_at IS NOT NULL AND (
	new.id IS NOT old.id OR new.type IS NOT old.type OR new.actor_type IS NOT old.actor_type OR new.actor_id IS NOT old.actor_id
	OR new.actor_label IS NOT old.actor_label OR new.subject_type IS NOT old.subject_type OR new.subject_id IS NOT old.subject_id
	OR new.organization_id IS NOT old.organization_id OR new.app_id IS NOT old.app_id OR new.data IS NOT old.data
	OR new.request_id IS NOT old.request_id OR new.ip IS NOT old.ip OR new.country IS NOT old.country
	OR new.user_agent IS NOT old.user_agent OR new.created_at IS NOT old.created_at OR new.sealed_at IS NOT old.sealed_at)
BEGIN SELECT raise(ABORT, 'a sealed event is not changed'); END;--> statement-breakpoint
CREATE TRIGGER `events_sealed_are_kept` BEFORE DELETE ON `events` WHEN old.sealed_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'a sealed event is not deleted'); END;--> statement-breakpoint
CREATE TRIGGER `event_seals_stay` BEFORE UPDATE ON `event_seals`
BEGIN SELECT raise(ABORT, 'a seal is not changed'); END;--> statement-breakpoint
CREATE TRIGGER `event_seals_are_kept` BEFORE DELETE ON `event_seals`
BEGIN SELECT raise(ABORT, 'a seal is not deleted'); END;
