/** RFC 6455: what the other side did is against what it may do. Pages connect again, and are then asked who they are. */
const POLICY_VIOLATION = 1008;

/** Closes the hibernating sockets that were accepted for an owner. */
export function closeSocketsOf(ctx: DurableObjectState, owner: string): void {
  for (const socket of ctx.getWebSockets(owner)) socket.close(POLICY_VIOLATION, "signed out");
}

const NORMAL_CLOSURE = 1000;
/** RFC 6455, 7.4.1: they stand for an end without a code, and no side may send them. */
const NEVER_SENT = new Set([1005, 1006, 1015]);

/**
 * Answers the close of the other side. The runtime does so only for sockets that do not hibernate; without an answer the other side
 * waits for ten seconds and takes the end for a break (1006).
 */
export function answerClose(socket: WebSocket, code: number): void {
  socket.close(NEVER_SENT.has(code) ? NORMAL_CLOSURE : code);
}
