// What every page of the portal costs before it does anything: the root with its viewer, and nothing in it. Only bench
// builds have it.
export default function EmptyPage() {
  return <p>Nothing.</p>
}
