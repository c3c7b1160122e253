// The addresses of webhooks below a root: admins have them in the settings, super admins in their organization.

export function webhookPaths(root: string) {
  const one = (webhookId: string) => `${root}/${webhookId}`
  const delivery = (webhookId: string, deliveryId: string) => `${one(webhookId)}/deliveries/${deliveryId}`
  return {
    list: root,
    add: `${root}/new`,
    one,
    edit: (webhookId: string) => `${one(webhookId)}/edit`,
    remove: (webhookId: string) => `${one(webhookId)}/delete`,
    rotate: (webhookId: string) => `${one(webhookId)}/rotate`,
    pause: (webhookId: string) => `${one(webhookId)}/pause`,
    resume: (webhookId: string) => `${one(webhookId)}/resume`,
    test: (webhookId: string) => `${one(webhookId)}/test`,
    /** All that failed since a moment. */
    sendFailed: (webhookId: string) => `${one(webhookId)}/send-failed`,
    delivery,
    sendAgain: (webhookId: string, deliveryId: string) => `${delivery(webhookId, deliveryId)}/send-again`,
  }
}
