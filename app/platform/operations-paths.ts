// The admin's pages of the audit log and of the deliveries: a part of `paths.admin`.
import { query } from './query'

export const operationsPaths = {
  auditLog: '/admin/audit-log',
  auditEvent: (eventId: string) => `/admin/audit-log/${eventId}`,
  auditLogExport: '/admin/audit-log/export',
  verifyAuditLog: '/admin/audit-log/verify',
  verifyAuditLogFrom: (seq: number, hash: string, unproven: number) =>
    `/admin/audit-log/verify${query({ seq: String(seq), hash, unproven: String(unproven) })}`,
  historyIn: (organizationId: string) => `/admin/audit-log${query({ organization: organizationId })}`,
  historyOf: (subjectId: string) => `/admin/audit-log${query({ subject: subjectId })}`,
  deliveries: '/admin/deliveries',
  delivery: (deliveryId: string) => `/admin/deliveries/${deliveryId}`,
  sendDeliveriesAgain: '/admin/deliveries/send-again',
  retryDelivery: (deliveryId: string) => `/admin/deliveries/${deliveryId}/retry`,
  cancelDelivery: (deliveryId: string) => `/admin/deliveries/${deliveryId}/cancel`,
  sendDeliveryAgain: (deliveryId: string) => `/admin/deliveries/${deliveryId}/send-again`,
  auditLogOf: (text: string) => `/admin/audit-log${query({ q: text })}`,
}
