// HTML that was sanitized when it was stored. The one place that shows HTML from data.

export function RenderedHtml({ html, className = 'prose' }: { html: string; className?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and sanitized by the platform's Markdown tools at import
  return <div className={className} dangerouslySetInnerHTML={{ __html: html }} />
}
