// What check boxes show: what was ticked when the form came back with errors, else what is stored.

/** The ticked values of a group. */
export function tickedValues(failed: boolean, posted: unknown, stored: readonly string[]): string[] {
  if (!failed) return [...stored]
  return [posted].flat().filter((value): value is string => typeof value === 'string')
}

/** Whether a single box is ticked. */
export function isTicked(failed: boolean, posted: unknown, stored: boolean): boolean {
  return failed ? posted === 'on' : stored
}
