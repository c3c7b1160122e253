// The popover attributes, which React 18 passes on but does not know by type.
export function popoverTarget(id: string, action: 'toggle' | 'hide' = 'toggle') {
  return { popovertarget: id, popovertargetaction: action }
}

export const popoverAttribute = { popover: 'auto' }

/** Following a link inside a popover closes it: the page changes without a load. A dialog opened from it needs it open. */
export function closePopoverOnLink(event: { target: unknown; currentTarget: unknown }) {
  const { target, currentTarget } = event
  const link = target instanceof Element ? target.closest('a') : null
  if (link && link.ariaHasPopup !== 'dialog' && currentTarget instanceof HTMLElement) {
    currentTarget.hidePopover?.()
  }
}
