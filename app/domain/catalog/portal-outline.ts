// What a portal offers, in short: products with their references and guides.

export type PortalOutline = {
  products: { slug: string; name: string; summary: string }[]
  apis: { productSlug: string; slug: string; name: string; operationCount: number }[]
  guides: { productSlug: string; slug: string; title: string }[]
}
