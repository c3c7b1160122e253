// The portal, its products and its APIs as Markdown. Addresses are whole, so that the text can be read anywhere.
import type { PortalOutline } from '~/domain/catalog/portal-outline'
import { blocks, code, link, plain } from './markdown-text'

type Addresses = {
  product: (slug: string) => string
  guide: (slug: string, guide: string) => string
  api: (slug: string, api: string) => string
}

/** llmstxt.org: a heading, a summary, then lists of links. */
export function outlineMarkdown(portalName: string, outline: PortalOutline, at: Addresses): string {
  return blocks(
    `# ${plain(portalName)}`,
    '> APIs of this developer portal, as far as you may see them. Every link leads to Markdown.',
    outline.products.length === 0 && 'No product is shown to you. Some are shown only to who is logged in.',
    ...outline.products.map(({ slug, name, summary }) => {
      const apis = outline.apis.filter((api) => api.productSlug === slug)
      const guides = outline.guides.filter((guide) => guide.productSlug === slug)
      return blocks(
        `## ${plain(name)}`,
        [
          `- ${link(name, at.product(slug))}: ${plain(summary)}`,
          ...guides.map((guide) => `- ${link(guide.title, at.guide(slug, guide.slug))}: guide`),
          ...apis.map(
            (api) =>
              `- ${link(`${api.name} reference`, at.api(slug, api.slug))}: ${api.operationCount} operations`,
          ),
        ].join('\n'),
      ).trimEnd()
    }),
  )
}

type ProductText = {
  product: {
    slug: string
    name: string
    summary: string
    apis: { slug: string; name: string; version: string; documented: boolean; callable: boolean }[]
    guides: { slug: string; title: string }[]
  }
  description: string
  baseUrlOf: (api: string) => string
}

export function productMarkdown({ product, description, baseUrlOf }: ProductText, at: Addresses): string {
  return blocks(
    `# ${plain(product.name)}`,
    `> ${plain(product.summary)}`,
    description,
    product.apis.length > 0 && '## APIs',
    product.apis
      .map(({ slug, name, version, documented, callable }) => {
        const title = documented ? link(name, at.api(product.slug, slug)) : plain(name)
        return `- ${title} ${plain(version)}${callable ? `: ${code(baseUrlOf(slug))}` : ''}`
      })
      .join('\n'),
    product.guides.length > 0 && '## Guides',
    product.guides.map((guide) => `- ${link(guide.title, at.guide(product.slug, guide.slug))}`).join('\n'),
  )
}

type ApiOutline = {
  name: string
  version: string
  description: string
  baseUrl: string
  authentication: string
  operations: { slug: string; method: string; path: string; tag: string; summary: string }[]
}

export function apiMarkdown(api: ApiOutline, addressOf: (operation: string) => string): string {
  const lines: string[] = []
  let tag: string | null = null
  for (const operation of api.operations) {
    if (operation.tag !== tag) lines.push(`${tag === null ? '' : '\n'}### ${plain(operation.tag)}\n`)
    tag = operation.tag
    const { method, path, summary, slug } = operation
    lines.push(`- ${link(summary, addressOf(slug))}: ${code(`${method} ${path}`)}`)
  }
  return blocks(
    `# ${plain(api.name)} ${plain(api.version)}`,
    api.baseUrl && `Base URL: ${code(api.baseUrl)}`,
    `## Authentication\n\n${api.authentication}`,
    api.description,
    `## Operations\n\n${lines.join('\n')}`,
  )
}
