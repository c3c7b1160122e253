// Webhooks, which the portal and each organization have alike: a part of two of the tables beside it.
import { route } from '@remix-run/route-config'

export function webhookPages(at: string, folder: string) {
  return [
    route(at, `${folder}/webhooks.tsx`),
    route(`${at}/new`, `${folder}/webhook-new.tsx`),
    route(`${at}/:webhookId`, `${folder}/webhook.tsx`),
    route(`${at}/:webhookId/edit`, `${folder}/webhook-edit.tsx`),
    route(`${at}/:webhookId/delete`, `${folder}/webhook-delete.tsx`),
    route(`${at}/:webhookId/rotate`, `${folder}/webhook-rotate.tsx`),
    route(`${at}/:webhookId/deliveries/:deliveryId`, `${folder}/webhook-delivery.tsx`),
  ]
}

export function webhookActions(at: string, folder: string) {
  return [
    route(`${at}/:webhookId/pause`, `${folder}/webhook-pause.ts`),
    route(`${at}/:webhookId/resume`, `${folder}/webhook-resume.ts`),
    route(`${at}/:webhookId/test`, `${folder}/webhook-test.ts`),
    route(`${at}/:webhookId/send-failed`, `${folder}/webhook-send-failed.ts`),
    route(`${at}/:webhookId/deliveries/:deliveryId/send-again`, `${folder}/webhook-send-again.ts`),
  ]
}
