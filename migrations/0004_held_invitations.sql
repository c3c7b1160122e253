CREATE TABLE `held_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`org_role` text NOT NULL,
	`team_ids` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "held_invitations_role_known" CHECK("held_invitations"."org_role" in ('super_admin', 'team_member'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `held_invitations_email` ON `held_invitations` (`organization_id`,`email_key`);--> statement-breakpoint
CREATE INDEX `held_invitations_created` ON `held_invitations` (`organization_id`,`created_at`,`id`);