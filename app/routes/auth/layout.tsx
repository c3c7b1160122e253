// The pages around signing in. Each brings its own card, because its title differs.
import { Outlet } from '@remix-run/react'

export default function AuthLayout() {
  return <Outlet />
}
