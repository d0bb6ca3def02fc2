/** RFC 6455: what the other side did is against what it may do. Pages connect again, and are then asked who they are. */
const POLICY_VIOLATION = 1008;

/** Closes the hibernating sockets that were accepted for an owner. */
export function closeSocketsOf(ctx: DurableObjectState, owner: string): void {
  for (const socket of ctx.getWebSockets(owner)) socket.close(POLICY_VIOLATION, "signed out");
}
